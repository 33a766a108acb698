package com.ventros.crm.http;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Finds the route of a request. A path that is written out whole, as that of an export, is never one with an id in it: whoever
 * does not accept what is there, or asks with another method, is told so.
 */
final class WrittenPaths extends RequestMappingHandlerMapping {

    private final Map<String, Set<RequestMappingInfo>> written = new HashMap<>();

    @Override
    protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo route) {
        super.registerHandlerMethod(handler, method, route);
        route.getDirectPaths().forEach(path -> written.computeIfAbsent(path, _ -> new HashSet<>()).add(route));
    }

    @Override
    protected HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        var found = super.lookupHandlerMethod(path, request);
        var own = written.get(path);
        return own == null || path.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)) ? found
                : handleNoMatch(own, path, request);
    }
}
