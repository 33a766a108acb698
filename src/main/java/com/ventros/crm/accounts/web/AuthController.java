package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.SignIn;
import com.ventros.crm.accounts.SignIns;
import com.ventros.crm.http.Open;
import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in, staying signed in, signing out. */
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {

    /** @param code where a second factor is on: of the app, or a recovery code */
    record SignInRequest(@NotBlank @Size(max = 254) String email, @NotBlank @Size(max = 200) String password,
            @Size(max = 40) String code) {
        @Override
        public String toString() {
            return "SignInRequest[" + email + "]";
        }
    }

    private final SignIn signIn;
    private final SignIns signIns;
    private final SessionAnswer answer;

    AuthController(SignIn signIn, SignIns signIns, SessionAnswer answer) {
        this.signIn = signIn;
        this.signIns = signIns;
        this.answer = answer;
    }

    /** Signs in with e-mail address and password, and a code where a second factor is on. The refresh token comes in a cookie that no script can read. */
    @Open
    @PostMapping("/sign-in")
    ResponseEntity<SessionAnswer.Session> signIn(@Valid @RequestBody SignInRequest body, HttpServletRequest request) {
        var tokens = signIn.handle(new SignIn.Command(body.email(), body.password(), Optional.ofNullable(body.code()),
                SessionAnswer.client(request)));
        return answer.of(tokens, HttpStatus.OK, request);
    }

    /** Gives a new access token for the refresh cookie, which is good once and replaced. */
    @Open
    @PostMapping("/refresh")
    ResponseEntity<SessionAnswer.Session> refresh(
            @CookieValue(name = SessionAnswer.COOKIE, defaultValue = "") String token, HttpServletRequest request) {
        mustComeFromOurPages(request);
        var tokens = signIns.refresh(token, SessionAnswer.client(request)).orElseThrow(() ->
                new Refusal(Refusal.Kind.UNAUTHENTICATED, "sign_in_over", "Sign in again."));
        return answer.of(tokens, HttpStatus.OK, request);
    }

    /** Signs out: the refresh cookie and the access token are void. */
    @Open
    @PostMapping("/sign-out")
    ResponseEntity<Void> signOut(
            @CookieValue(name = SessionAnswer.COOKIE, defaultValue = "") String token, HttpServletRequest request) {
        mustComeFromOurPages(request);
        signIns.end(token);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionAnswer.cookie("", Duration.ZERO, request)).build();
    }

    /**
     * The cookie travels by itself, so these two look where the request comes from. A browser always says so on a POST;
     * a request without {@code Origin} is from a program, which has no cookies but its own.
     */
    private static void mustComeFromOurPages(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        if (foreignSite || (origin != null && !isOurs(origin, request.getHeader(HttpHeaders.HOST)))) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "origin_foreign", "This may be called from our own pages only.");
        }
    }

    private static boolean isOurs(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
