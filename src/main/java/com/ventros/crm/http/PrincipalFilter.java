package com.ventros.crm.http;

import com.ventros.crm.events.Actor;
import com.ventros.crm.events.Cause;
import com.ventros.crm.tenancy.Patience;
import com.ventros.crm.tenancy.Tenancy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Recognises the caller by the bearer token, and binds tenant, cause and how long anybody waits to everything the request does.
 *
 * <p>A token that nobody recognises makes an anonymous request of it; whether that is enough, the route says.
 */
final class PrincipalFilter extends OncePerRequestFilter {

    static final String ATTRIBUTE = Principal.class.getName();
    private static final String BEARER = "Bearer ";
    /** Longer than any token of ours, and short enough to hash without a thought. */
    private static final int MAX_TOKEN = 512;
    /** Longer than any answer of a healthy database takes; browsers and proxies give up after a minute. */
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

    private final List<BearerScheme> schemes;
    private final HandlerExceptionResolver problems;

    PrincipalFilter(List<BearerScheme> schemes, HandlerExceptionResolver problems) {
        this.schemes = schemes;
        this.problems = problems;
    }

    static Optional<Principal> principal(HttpServletRequest request) {
        return Optional.ofNullable((Principal) request.getAttribute(ATTRIBUTE));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Principal> recognised;
        try {
            recognised = token(request).flatMap(this::recognise);
        } catch (RuntimeException failed) { // the database is away: as much a problem as in a controller
            if (problems.resolveException(request, response, null, failed) == null) throw failed;
            return;
        }
        if (recognised.isEmpty()) {
            because(Trace.cause(request, Actor.system("anonymous")), request, response, chain);
            return;
        }
        var principal = recognised.get();
        request.setAttribute(ATTRIBUTE, principal);
        var authorities = AuthorityUtils.createAuthorityList(
                principal.permissions().stream().map(Enum::name).toList());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PreAuthenticatedAuthenticationToken(principal, "", authorities));
        SecurityContextHolder.setContext(context);
        try {
            Tenancy.<Void, Exception>call(principal.tenant(), () -> {
                because(Trace.cause(request, principal.actor()), request, response, chain);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException known) {
            throw known;
        } catch (Exception other) {
            throw new ServletException(other);
        }
    }

    private static void because(Cause cause, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            cause.<Void, Exception>call(() -> Patience.call(LONGEST_STATEMENT, () -> {
                chain.doFilter(request, response);
                return null;
            }));
        } catch (ServletException | IOException | RuntimeException known) {
            throw known;
        } catch (Exception other) {
            throw new ServletException(other);
        }
    }

    private Optional<Principal> recognise(String token) {
        return schemes.stream().filter(scheme -> token.startsWith(scheme.prefix())).findFirst()
                .flatMap(scheme -> scheme.recognise(token));
    }

    private static Optional<String> token(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) return Optional.empty();
        var token = header.substring(BEARER.length()).strip();
        return token.length() > MAX_TOKEN ? Optional.empty() : Optional.of(token);
    }
}
