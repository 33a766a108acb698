package com.ventros.crm.http;

import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type    always {@code about:blank}: the {@code code} says which problem it is
 * @param code    stable, lower case with underscores; part of the API
 * @param errors  what is wrong with single fields
 * @param traceId names this request in our logs
 */
public record Problem(
        String type, String title, int status, String detail, String code, List<Refusal.FieldError> errors,
        String traceId) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Problem of(HttpStatusCode status, String code, String detail, List<Refusal.FieldError> errors,
            HttpServletRequest request) {
        var known = HttpStatus.resolve(status.value());
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status.value(), detail,
                code, errors, Trace.of(request).toString());
    }

    /** One that is about no single field. */
    public static Problem of(HttpStatusCode status, String code, String detail, HttpServletRequest request) {
        return of(status, code, detail, List.of(), request);
    }

    /** For filters, which stand before the controllers' own error handling. */
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(JSON.writeValueAsBytes(this));
    }
}
