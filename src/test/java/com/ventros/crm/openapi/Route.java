package com.ventros.crm.openapi;

import com.ventros.crm.http.Open;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A route that the running program answers to: the one table from which documents and tests are made. */
public record Route(String method, String path, Set<MediaType> produces, HandlerMethod handler) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^/}]+)}");

    /** They wait for a server outside, and may be asked again as they are. */
    private static final Set<String> OUTSIDE = Set.of("POST /api/v1/channels/{id}/connect",
            "POST /api/v1/channels/{id}/pairing-code", "POST /api/v1/channels/{id}/disconnect");
    /** A file of a message is kept under its contents: sent twice it is there once, whatever it is called. */
    private static final String UNDER_ITS_CONTENTS = "POST /api/v1/media";
    private static final Set<String> FILES = Set.of(UNDER_ITS_CONTENTS, "POST /api/v1/contact-imports", "POST /api/v1/tracking/costs");

    /** All of the product's; Spring's own and those that tests add beside it are not among them. */
    public static List<Route> all(RequestMappingHandlerMapping mapping) {
        var routes = new ArrayList<Route>();
        mapping.getHandlerMethods().forEach((info, handler) -> info.getPatternValues().forEach(path ->
                info.getMethodsCondition().getMethods().forEach(method -> {
                    if (isOurs(handler)) routes.add(new Route(
                            method.name(), path, info.getProducesCondition().getProducibleMediaTypes(), handler));
                })));
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return List.copyOf(routes);
    }

    private static boolean isOurs(HandlerMethod handler) {
        var type = handler.getBeanType();
        return type.getName().startsWith("com.ventros.crm.") && !type.getSimpleName().startsWith("Probe")
                && !type.getSimpleName().equals("ErrorPage");
    }

    public boolean isApi() {
        return path.startsWith("/api/");
    }

    /** Whether it is for those who are signed in only. */
    public boolean isClosed() {
        return handler.hasMethodAnnotation(Requires.class);
    }

    public boolean isOpen() {
        return handler.hasMethodAnnotation(Open.class);
    }

    public List<Permission> permissions() {
        return isClosed() ? List.of(handler.getMethodAnnotation(Requires.class).value()) : List.of();
    }

    /** A live stream does not end, so a test that waits for its answer would not either. */
    public boolean isStream() {
        return produces.contains(MediaType.TEXT_EVENT_STREAM);
    }

    /** Its body is a file, of which no limit of JSON is known at the door. */
    public boolean takesFile() {
        return FILES.contains(toString());
    }

    /** Whether the same post may be sent twice and happens once. */
    public boolean isRepeatable() {
        return method.equals("POST") && isClosed() && !toString().equals(UNDER_ITS_CONTENTS) && !OUTSIDE.contains(toString());
    }

    public boolean takes(Class<?> type) {
        return Arrays.stream(java().getParameterTypes()).anyMatch(type::equals);
    }

    public Optional<Parameter> body() {
        return Arrays.stream(java().getParameters()).filter(one -> one.isAnnotationPresent(RequestBody.class)).findFirst();
    }

    public boolean needsBody() {
        return body().filter(body -> body.getType() != Optional.class).isPresent();
    }

    public Method java() {
        return handler.getMethod();
    }

    /** The names of the ids in its path. */
    public List<String> variables() {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** Its address with this for every id. */
    public String with(String id) {
        return VARIABLE.matcher(path).replaceAll(Matcher.quoteReplacement(id));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
