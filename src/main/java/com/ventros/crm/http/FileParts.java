package com.ventros.crm.http;

import org.springframework.core.MethodParameter;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Refuses a part that a file does not have: Spring says 416, with the length, and then gives all of the file. */
@RestControllerAdvice
class FileParts implements ResponseBodyAdvice<Resource> {

    private static final HttpStatus NO_SUCH_PART = HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE;

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return converter == ResourceHttpMessageConverter.class;
    }

    @Override
    public Resource beforeBodyWrite(Resource file, MethodParameter returned, MediaType type, Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request, ServerHttpResponse response) {
        if (((ServletServerHttpResponse) response).getServletResponse().getStatus() != NO_SUCH_PART.value()) return file;
        var refused = new ErrorResponseException(NO_SUCH_PART);
        refused.getHeaders().set(HttpHeaders.CONTENT_RANGE, response.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE));
        throw refused;
    }
}
