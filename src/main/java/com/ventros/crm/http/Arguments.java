package com.ventros.crm.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** A controller parameter that is read from the request as a whole. */
record Arguments<T>(Class<T> type, Function<HttpServletRequest, T> read) implements HandlerMethodArgumentResolver {

    private static final Pattern VERSION_TAG = Pattern.compile("\"(\\d{1,18})\"");

    static List<HandlerMethodArgumentResolver> all() {
        return List.of(
                new Arguments<>(Principal.class, request ->
                        PrincipalFilter.principal(request).orElseThrow(PermissionCheck::unauthenticated)),
                new Arguments<>(Paging.class, Arguments::paging),
                new Arguments<>(IfMatch.class, Arguments::ifMatch));
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == type;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        return read.apply(request.getNativeRequest(HttpServletRequest.class));
    }

    private static Paging paging(HttpServletRequest request) {
        return new Paging(limit(request.getParameter("limit")),
                Optional.ofNullable(request.getParameter("cursor")).filter(text -> !text.isEmpty()).map(Cursor::parse));
    }

    private static int limit(String text) {
        if (text == null || text.isEmpty()) return Paging.DEFAULT_LIMIT;
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Paging.MAX_LIMIT) return limit;
        } catch (NumberFormatException notANumber) {
            // the same answer as for a number out of bounds
        }
        throw new Malformed("limit_invalid", "limit is a number from 1 to " + Paging.MAX_LIMIT + ".");
    }

    private static IfMatch ifMatch(HttpServletRequest request) {
        var header = request.getHeader("If-Match");
        if (header == null) throw new VersionRequired();
        var tag = VERSION_TAG.matcher(header.strip());
        if (!tag.matches()) throw new Malformed("if_match_invalid", "If-Match holds one version, such as \"3\".");
        return new IfMatch(Long.parseLong(tag.group(1)));
    }

    /** A change without {@code If-Match} could undo somebody else's; answered with 428. */
    static final class VersionRequired extends RuntimeException {
        VersionRequired() {
            super("Send the version you have read as If-Match.");
        }
    }
}
