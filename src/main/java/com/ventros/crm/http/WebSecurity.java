package com.ventros.crm.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Stateless: each request brings its token. Routes of the API are guarded by {@link PermissionCheck}, actuator
 * endpoints here. Cross-site forgery has nothing to ride on, since only the refresh cookie travels by itself, and its
 * routes check where they are called from.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateLimit.Limits.class)
class WebSecurity {

    /** Scripts of our own only; styles may be inline because the component library computes some. */
    private static final String CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self';"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    /** Spring Security's chain has -100: whoever comes after it knows the caller. */
    private static final int AFTER_SECURITY = 0;
    /** Voice notes are recorded on our own pages. */
    private static final String NO_DEVICES = "camera=(), microphone=(self), geolocation=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, ObjectProvider<BearerScheme> schemes,
            @Qualifier("handlerExceptionResolver") @Lazy HandlerExceptionResolver problems) {
        return http
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .frameOptions(FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy(NO_DEVICES)))
                .addFilterBefore(new PrincipalFilter(schemes.stream().toList(), problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/actuator/health/**").permitAll()
                        .requestMatchers("/actuator/**").hasAuthority(Permission.OPERATIONS_READ.name())
                        .anyRequest().permitAll())
                .exceptionHandling(refused -> refused
                        .authenticationEntryPoint((request, response, _) -> {
                            response.setHeader("WWW-Authenticate", "Bearer");
                            refuse(HttpStatus.UNAUTHORIZED, request, response);
                        })
                        .accessDeniedHandler((request, response, _) ->
                                refuse(HttpStatus.FORBIDDEN, request, response)))
                .build();
    }

    @Bean
    FilterRegistrationBean<Trace> traceFilter() {
        var registration = new FilterRegistrationBean<>(new Trace());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<RateLimit> rateLimitFilter(RateLimit.Limits limits, Buckets buckets) {
        var registration = new FilterRegistrationBean<>(new RateLimit(limits, buckets));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(AFTER_SECURITY);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimitFilter() {
        var registration = new FilterRegistrationBean<>(new BodyLimit());
        registration.addUrlPatterns("/api/*");
        registration.setOrder(AFTER_SECURITY + 1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Idempotency> idempotencyFilter(IdempotencyKeys keys, TransactionTemplate transaction,
            @Qualifier("handlerExceptionResolver") @Lazy HandlerExceptionResolver problems) {
        var registration = new FilterRegistrationBean<>(new Idempotency(keys, transaction, problems));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(AFTER_SECURITY + 2);
        return registration;
    }

    private static void refuse(HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problem.of(status, Problems.codeOf(status), Problems.detailOf(status), request).writeTo(response);
    }
}
