package com.ventros.crm.billing.web;

import com.ventros.crm.billing.Limits;
import com.ventros.crm.http.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets nobody change anything in a company whose account is not active, but over the routes named here. It asks of callers of the API
 * alone: what customers write, and what the program does by itself, goes on.
 */
@Component
public final class StandingCheck implements HandlerInterceptor, WebMvcConfigurer {

    private static final String API = "/api/v1";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    /** What may be done in any state, without the beginning that all paths share. */
    private static final Set<String> STAYS = Set.of(
            // Posts that read.
            "POST /contacts/search", "POST /contacts/{id}/matches", "POST /contact-imports/{id}/preview",
            // What people have seen, are there for, and are done with.
            "POST /chats/{id}/read", "POST /notifications/seen", "POST /notifications/{id}/seen", "POST /agents/me/seen",
            "POST /agents/me/availability", "POST /sessions/{id}/resolve",
            // What waits is taken back; whoever sends asks for itself, and is refused.
            "POST /messages", "POST /scheduled-messages/{id}/cancel",
            // Nothing that comes is lost: channels that are there are kept open, and what failed is repeated.
            "POST /channels/{id}/messages", "POST /channels/{id}/receipts", "PATCH /channels/{id}", "POST /channels/{id}/connect",
            "POST /channels/{id}/disconnect", "POST /channels/{id}/pairing-code", "POST /operations/failures/retry",
            "POST /operations/failures/discard", "POST /operations/failures/{id}/retry", "POST /operations/failures/{id}/discard",
            "POST /operations/failures/{id}/dry-run", "PUT /operations/failures/{id}/data", "POST /operations/replays",
            "POST /operations/replays/{id}/cancel", "POST /operations/replays/{id}/pause", "POST /operations/replays/{id}/resume",
            // Whoever asks to be erased does not wait until somebody has paid.
            "POST /contact-erasures",
            // Paying, and what ends the state; of accounts and invoices those who run the installation decide.
            "PUT /billing/customer", "PATCH /billing/accounts/{id}", "POST /billing/accounts/{id}/activate", "POST /billing/accounts/{id}/suspend",
            "POST /billing/accounts/{id}/cancel", "POST /billing/invoices/{id}/pay", "POST /billing/invoices/{id}/void",
            // Who gets in: so that whoever pays can be let in, who left be shut out, and a key that became known be changed for another.
            "PATCH /me", "PUT /me/password", "DELETE /me/sign-ins", "DELETE /me/sign-ins/{id}", "POST /me/second-factor",
            "POST /me/second-factor/confirm", "POST /me/second-factor/disable", "POST /me/second-factor/recovery-codes", "POST /members", "PATCH /members/{id}",
            "POST /members/{id}/deactivate", "POST /members/{id}/reactivate", "DELETE /members/{id}/second-factor", "POST /invitations",
            "DELETE /invitations/{id}", "POST /invitations/{id}/resend", "POST /roles", "PATCH /roles/{id}", "DELETE /roles/{id}",
            "POST /api-keys", "DELETE /api-keys/{id}", "POST /channels/{id}/webhook-key", "DELETE /webhooks/{id}");

    private final Limits limits;

    StandingCheck(Limits limits) {
        this.limits = limits;
    }

    /** Whether this route of the API is for companies with an active account alone. */
    public static boolean guards(String method, String path) {
        return !READS.contains(method) && !STAYS.contains(method + " " + path.substring(API.length()));
    }

    /** The routes that are named here. */
    public static Set<String> named() {
        return STAYS;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // After the check of permissions: whoever may not ask is not told how the company stands.
        registry.addInterceptor(this).addPathPatterns(API + "/**").order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod route) || route.hasMethodAnnotation(Open.class)) return true;
        if (guards(request.getMethod(), (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))) limits.mustBeActive();
        return true;
    }
}
