package com.ventros.crm.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What fails before or after the controllers, in a filter or in the server, looks like every other problem. */
@RestController
class ErrorPage implements ErrorController {

    @Open
    @RequestMapping("/error")
    ResponseEntity<Problem> show(HttpServletRequest request) {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known ? known : 404;
        var resolved = HttpStatus.resolve(code);
        var status = resolved == null ? HttpStatus.INTERNAL_SERVER_ERROR : resolved;
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(Problem.of(status, Problems.codeOf(status), Problems.detailOf(status), request));
    }
}
