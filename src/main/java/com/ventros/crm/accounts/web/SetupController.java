package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.FirstAdministrator;
import com.ventros.crm.accounts.OpenTenant;
import com.ventros.crm.accounts.SignIns;
import com.ventros.crm.accounts.SignUp;
import com.ventros.crm.http.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The first administrator sets the installation up. */
@RestController
@RequestMapping("/api/v1/setup")
class SetupController {

    /** @param signUp whether anybody may open a company of their own */
    record Setup(boolean needed, boolean codeRequired, boolean signUp) {}

    record SetupRequest(@NotBlank @Size(max = 200) String company, @NotBlank @Size(max = 200) String name,
            @NotBlank @Size(max = 254) String email, @NotNull String password, @Size(max = 40) String setupCode) {
        @Override
        public String toString() {
            return "SetupRequest[" + company + ", " + email + "]";
        }
    }

    private final FirstAdministrator administrator;
    private final SignUp signUp;
    private final SignIns signIns;
    private final SessionAnswer answer;

    SetupController(FirstAdministrator administrator, SignUp signUp, SignIns signIns, SessionAnswer answer) {
        this.administrator = administrator;
        this.signUp = signUp;
        this.signIns = signIns;
        this.answer = answer;
    }

    /** Says whether the installation waits for its first administrator, and whether that takes the set-up code. */
    @Open
    @GetMapping
    Setup state(HttpServletRequest request) {
        var needed = administrator.isNeeded();
        return new Setup(needed, needed && administrator.needsCode(isForwarded(request)), signUp.isOn());
    }

    /** Makes the first administrator of an installation that has none, and signs in. */
    @Open
    @PostMapping
    ResponseEntity<SessionAnswer.Session> setUp(@Valid @RequestBody SetupRequest body, HttpServletRequest request) {
        var opened = administrator.setUp(
                new OpenTenant.Command(body.company(), body.name(), body.email(), body.password()),
                Optional.ofNullable(body.setupCode()), isForwarded(request), request.getRemoteAddr());
        return answer.of(signIns.begin(opened.tenant(), opened.owner(), SessionAnswer.client(request)), HttpStatus.CREATED, request);
    }

    /** A proxy on this machine hands on what comes from anywhere. */
    private static boolean isForwarded(HttpServletRequest request) {
        return !InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
                || request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null
                || request.getHeader("X-Forwarded-Host") != null;
    }
}
