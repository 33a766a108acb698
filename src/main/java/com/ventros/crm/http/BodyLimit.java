package com.ventros.crm.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads an API request's body whole, and no more of it than anybody may send; whatever its length is declared to be.
 * Parameters with characters that the database cannot hold are refused here too.
 */
final class BodyLimit extends OncePerRequestFilter {

    /** A thousand times a long message; imports go in pages. */
    static final int MAX_BYTES = 1 << 20;

    /** Files are no JSON, and are read as they come: whoever keeps them has a limit of its own. */
    private static final Set<String> FILES = Set.of("/api/v1/media", "/api/v1/contact-imports", "/api/v1/tracking/costs");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isFile(request) && !hasNul(request);
    }

    /** Whether the body is a file that is on its way. */
    static boolean isFile(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && FILES.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (hasNul(request)) {
            Problem.of(HttpStatus.BAD_REQUEST, "parameter_malformed", "A parameter holds the character U+0000.",
                    request).writeTo(response);
            return;
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            refuse(request, response);
            return;
        }
        var body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            refuse(request, response);
            return;
        }
        chain.doFilter(new Buffered(request, body), response);
    }

    /** The body of a request that came through here. */
    static byte[] body(HttpServletRequest request) {
        return ((Buffered) request).body;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // what is left of the body is not worth reading, so the connection ends with this answer
        response.setHeader("Connection", "close");
        Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large",
                "A body has at most " + MAX_BYTES + " bytes.", request).writeTo(response);
    }

    private static boolean hasNul(HttpServletRequest request) {
        var query = request.getQueryString();
        return query != null && (query.contains("%00") || query.indexOf('\0') >= 0);
    }

    /** A request whose body is at hand. */
    private static final class Buffered extends HttpServletRequestWrapper {

        private final byte[] body;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            var bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return bytes.read(into, from, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("the body is at hand; read it");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
