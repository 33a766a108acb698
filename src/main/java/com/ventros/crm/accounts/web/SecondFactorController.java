package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.SecondFactors;
import com.ventros.crm.accounts.UserId;
import com.ventros.crm.http.Principal;
import com.ventros.crm.http.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The second proof beside the caller's own password. */
@RestController
@RequestMapping("/api/v1/me/second-factor")
class SecondFactorController {

    /** @param recoveryCodesLeft those that were not used yet */
    record Shown(boolean on, @Nullable Instant since, int recoveryCodesLeft) {}

    /** @param uri what an authenticator app reads from a picture */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[hidden]";
        }
    }

    record RecoveryCodes(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "RecoveryCodes[hidden]";
        }
    }

    record Password(@NotNull @Size(max = 200) String password) {
        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    record Code(@NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    record BothProofs(@NotNull @Size(max = 200) String password, @NotBlank @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "BothProofs[hidden]";
        }
    }

    private final SecondFactors factors;

    SecondFactorController(SecondFactors factors) {
        this.factors = factors;
    }

    /** Says whether the caller is asked for codes. */
    @Requires
    @GetMapping
    Shown get(Principal caller) {
        caller.mustBeAUser();
        var state = factors.of(new UserId(caller.id()));
        return new Shown(state.on(), state.since().orElse(null), state.recoveryCodesLeft());
    }

    /** Makes a secret for an authenticator app, for whoever shows their password; nothing changes before it is confirmed. */
    @Requires
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Enrolment enrol(Principal caller, @Valid @RequestBody Password body, HttpServletRequest request) {
        var enrolment = factors.enrol(caller, body.password(), request.getRemoteAddr());
        return new Enrolment(enrolment.secret(), enrolment.uri());
    }

    /** Switches it on with the app's first code. The recovery codes are in this answer and in no other. */
    @Requires
    @PostMapping("/confirm")
    RecoveryCodes confirm(Principal caller, @Valid @RequestBody Code body) {
        return new RecoveryCodes(factors.confirm(caller, body.code()));
    }

    /** Makes other recovery codes, for whoever shows password and code; those from before open nothing any more. */
    @Requires
    @PostMapping("/recovery-codes")
    RecoveryCodes renew(Principal caller, @Valid @RequestBody BothProofs body, HttpServletRequest request) {
        return new RecoveryCodes(factors.renewCodes(caller, body.password(), body.code(), request.getRemoteAddr()));
    }

    /** Switches it off, for whoever shows password and code. */
    @Requires
    @PostMapping("/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(Principal caller, @Valid @RequestBody BothProofs body, HttpServletRequest request) {
        factors.disable(caller, body.password(), body.code(), request.getRemoteAddr());
    }
}
