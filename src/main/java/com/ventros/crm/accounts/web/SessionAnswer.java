package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.SignIns;
import com.ventros.crm.http.Permission;
import com.ventros.crm.mail.Language;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What a browser is told when somebody is signed in. The refresh token goes into a cookie that no script can read. */
@Component
class SessionAnswer {

    static final String COOKIE = "crm_refresh";

    /** @param role the name of a built-in role, or the id of one of the company's own; {@code roleName} is what people call it */
    record User(java.util.UUID id, String name, String email, String role, String roleName) {
        static User of(AccountView.Member member) {
            return new User(member.id(), member.name(), member.email(), member.role().code(), member.role().label());
        }
    }

    record Session(String accessToken, long expiresInSeconds, User user, AccountView.Tenant tenant,
            List<AccountView.Project> projects, List<String> permissions) {
        @Override
        public String toString() {
            return "Session[" + user + "]";
        }
    }

    private final AccountView view;

    SessionAnswer(AccountView view) {
        this.view = view;
    }

    ResponseEntity<Session> of(SignIns.Tokens tokens, HttpStatus status, HttpServletRequest request) {
        var session = Tenancy.call(tokens.tenant(), () -> {
            var member = view.member(tokens.user()).orElseThrow();
            return new Session(tokens.access(), tokens.accessFor().toSeconds(), User.of(member), view.tenant(),
                    view.projects(), member.role().permissions().stream().map(Permission::code).sorted().toList());
        });
        return ResponseEntity.status(status).header(HttpHeaders.SET_COOKIE,
                cookie(tokens.refresh(), tokens.refreshFor(), request)).body(session);
    }

    /** From where the request comes. */
    static SignIns.Client client(HttpServletRequest request) {
        return new SignIns.Client(request.getRemoteAddr(),
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse(""));
    }

    /** What the caller reads; Portuguese when they do not say. */
    static Language language(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null ? Language.PT : Language.of(request.getLocale());
    }

    /** An empty one with no time to live takes the browser's away. */
    static String cookie(String token, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, token).httpOnly(true).secure(request.isSecure()).sameSite("Strict")
                .path("/api/v1/auth").maxAge(age).build().toString();
    }
}
