package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets nobody into a route of the API unless the route says so. */
final class PermissionCheck implements HandlerInterceptor {

    private static final Logger log = LoggerFactory.getLogger(PermissionCheck.class);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod route) || route.hasMethodAnnotation(Open.class)) return true;
        var requires = route.getMethodAnnotation(Requires.class);
        if (requires == null) {
            log.error("{} says neither @Requires nor @Open, so nobody may call it", route);
            throw new Refusal(Refusal.Kind.FORBIDDEN, "permission_missing", "Nobody may do this.");
        }
        var principal = PrincipalFilter.principal(request).orElseThrow(PermissionCheck::unauthenticated);
        Arrays.stream(requires.value()).filter(permission -> !principal.may(permission)).findFirst()
                .ifPresent(missing -> {
                    throw new Refusal(Refusal.Kind.FORBIDDEN, "permission_missing",
                            "This needs the permission " + missing.code() + ".");
                });
        return true;
    }

    static Refusal unauthenticated() {
        return new Refusal(Refusal.Kind.UNAUTHENTICATED, "unauthenticated", "Sign in, or present a valid API key.");
    }
}
