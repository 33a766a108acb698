package com.ventros.crm.http;

import com.ventros.crm.events.Broker.BrokerUnavailable;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.kernel.Refusal.FieldError;
import com.ventros.crm.tenancy.Collisions;
import com.ventros.crm.vault.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Every failure as a problem. What cannot be understood (JSON, types, ids, cursors, unknown fields) is 400; what is
 * understood and not acceptable is 422 with the fields; what nobody foresaw is 500 and says nothing but its trace id.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final HttpStatus UNPROCESSABLE = HttpStatus.UNPROCESSABLE_CONTENT;
    private static final List<String> OF_A_BODY = List.of(HttpHeaders.ACCEPT_RANGES, HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_RANGE,
            HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED);
    /** Long enough for a restarted database or broker to be back, short enough that nobody gives up. */
    private static final String RETRY_AFTER_SECONDS = "2";

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        var headers = new HttpHeaders();
        var status = switch (refusal.kind()) {
            case INVALID -> UNPROCESSABLE;
            case UNAUTHENTICATED -> {
                headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                yield HttpStatus.UNAUTHORIZED;
            }
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
            case TOO_MANY -> {
                headers.set(HttpHeaders.RETRY_AFTER, retryAfter(refusal));
                yield HttpStatus.TOO_MANY_REQUESTS;
            }
            case UNAVAILABLE -> {
                headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                yield HttpStatus.SERVICE_UNAVAILABLE;
            }
        };
        return answer(status, refusal.code(), refusal.getMessage(), refusal.errors(), headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> malformed(Malformed malformed, WebRequest request) {
        return answer(HttpStatus.BAD_REQUEST, malformed.code(), malformed.getMessage(), request);
    }

    /** Tomcat takes the query apart only when somebody asks for a parameter. */
    @ExceptionHandler
    ResponseEntity<Object> malformed(InvalidParameterException malformed, WebRequest request) {
        return answer(HttpStatus.BAD_REQUEST, "parameter_malformed", "A parameter is not proper URL encoding.", request);
    }

    @ExceptionHandler
    ResponseEntity<Object> versionRequired(Arguments.VersionRequired missing, WebRequest request) {
        return answer(HttpStatus.PRECONDITION_REQUIRED, "if_match_required", missing.getMessage(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> inProgress(IdempotencyKeys.InProgress waiting, WebRequest request) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return answer(HttpStatus.CONFLICT, "idempotency_in_progress", waiting.getMessage(), List.of(), headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> constraintViolated(ConstraintViolationException violated, WebRequest request) {
        var errors = violated.getConstraintViolations().stream()
                .map(one -> new FieldError(one.getPropertyPath().toString(), "invalid", one.getMessage())).toList();
        return invalid(errors, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> changedMeanwhile(OptimisticLockingFailureException stale, WebRequest request) {
        return refused(IfMatch.stale(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> databaseRefused(DataAccessException failed, WebRequest request) {
        if (Idempotency.mayRepeat(servlet(request)) && Collisions.isOne(failed)) throw failed;
        if (failed instanceof QueryTimeoutException) {
            log.warn("Request {} waited too long for the database", Trace.of(servlet(request)), failed);
            return refused(new Refusal(Refusal.Kind.UNAVAILABLE, "timed_out",
                    "The database took longer than anybody waits; try again shortly."), request);
        }
        var state = sqlState(failed);
        // 08: the connection was lost; 57P: the server is ending or starting
        if (failed instanceof CannotGetJdbcConnectionException || failed instanceof TransientDataAccessException
                || state.startsWith("08") || state.startsWith("57P")) {
            return databaseAway(failed, request);
        }
        if (state.startsWith("23")) { // integrity: unique, foreign key, check
            log.warn("The database refused a change that the domain let through", failed);
            return answer(HttpStatus.CONFLICT, "conflict", "This contradicts what is already there.", request);
        }
        if (state.startsWith("22")) { // data: a text too long, a character or number it cannot hold
            log.warn("The database refused a value that the domain let through", failed);
            return answer(UNPROCESSABLE, "value_unacceptable", "A value cannot be stored as it is.", request);
        }
        return unforeseen(failed, request);
    }

    /** The master key was changed without naming the one before (crm.secrets.old-keys). */
    @ExceptionHandler
    ResponseEntity<Object> secretLocked(Secrets.CannotOpen failed, WebRequest request) {
        log.error("Request {} needs a secret that cannot be opened (crm.secrets): {}", Trace.of(servlet(request)), failed.getMessage());
        return refused(new Refusal(Refusal.Kind.UNAVAILABLE, "secret_locked",
                "A secret that this needs cannot be opened; whoever runs the installation has to see to it."), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> brokerAway(BrokerUnavailable failed, WebRequest request) {
        log.warn("Request {} could not use the broker", Trace.of(servlet(request)), failed);
        return refused(new Refusal(Refusal.Kind.UNAVAILABLE, "broker_unavailable",
                "The broker does not answer at the moment; try again shortly."), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> noTransaction(CannotCreateTransactionException failed, WebRequest request) {
        return databaseAway(failed, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception failed, WebRequest request) {
        log.error("Request {} failed", Trace.of(servlet(request)), failed);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error",
                "Something went wrong on our side. The trace id finds it in our logs.", request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        // of a parameter that is no time or number Spring would tell our types
        var unreadable = invalid.getFieldErrors().stream().filter(org.springframework.validation.FieldError::isBindingFailure)
                .map(one -> new FieldError(one.getField(), "parameter_type", "Not the kind of value expected here.")).toList();
        if (!unreadable.isEmpty()) {
            return answer(HttpStatus.BAD_REQUEST, "parameter_type", "A parameter does not hold the kind of value it should.",
                    unreadable, headers, request);
        }
        return invalid(invalid.getFieldErrors().stream()
                .map(one -> new FieldError(one.getField(), code(one.getCode()), one.getDefaultMessage())).toList(),
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(invalid.getParameterValidationResults().stream()
                .flatMap(parameter -> parameter.getResolvableErrors().stream().map(one -> new FieldError(
                        Optional.ofNullable(parameter.getMethodParameter().getParameterName()).orElse(""),
                        "invalid", one.getDefaultMessage())))
                .toList(), request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        if (unreadable.getCause() instanceof UnrecognizedPropertyException unknown) {
            return answer(HttpStatus.BAD_REQUEST, "field_unknown", "There is no such field.",
                    List.of(new FieldError(path(unknown), "field_unknown", "There is no such field.")), headers, request);
        }
        if (unreadable.getCause() instanceof JacksonException wrong && !(wrong instanceof StreamReadException)
                && !path(wrong).isEmpty()) {
            return answer(HttpStatus.BAD_REQUEST, "field_type", "A field does not hold the kind of value it should.",
                    List.of(new FieldError(path(wrong), "field_type", "Not the kind of value expected here.")),
                    headers, request);
        }
        return answer(HttpStatus.BAD_REQUEST, "body_malformed", "The body is not the JSON expected here.", request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var name = mismatch instanceof MethodArgumentTypeMismatchException argument ? argument.getName()
                : Optional.ofNullable(mismatch.getPropertyName()).orElse("");
        return answer(HttpStatus.BAD_REQUEST, "parameter_type", "A parameter does not hold the kind of value it should.",
                List.of(new FieldError(name, "parameter_type", "Not the kind of value expected here.")), headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException wrong, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        // The web app's files answer to every path, and only to GET: a path that nobody else knows is not there.
        if (WebApp.EVERY_PATH.equals(servlet(request).getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))) {
            return answer(HttpStatus.NOT_FOUND, "not_found", "There is nothing here.", request);
        }
        return super.handleHttpRequestMethodNotSupported(wrong, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failed, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (((ServletWebRequest) request).getResponse().isCommitted()) {
            return null; // a live stream that ended: its answer has long begun
        }
        if (status.is5xxServerError()) log.error("Request {} failed", Trace.of(servlet(request)), failed);
        return answer(status, codeOf(status), detailOf(status), List.of(), headers, request);
    }

    static String codeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "request_malformed";
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "body_too_large";
            case 415 -> "media_type_unsupported";
            case 416 -> "range_not_satisfiable";
            case 503 -> "unavailable";
            default -> status.is5xxServerError() ? "internal_error" : "request_refused";
        };
    }

    static String detailOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 400 -> "The request cannot be understood.";
            case 401 -> "Sign in, or present a valid API key.";
            case 403 -> "You may not do this.";
            case 404 -> "There is nothing here.";
            case 405 -> "This path does not answer to this method.";
            case 406 -> "None of the media types you accept is available.";
            case 413 -> "The body is too large.";
            case 415 -> "The body must be application/json.";
            case 416 -> "The file has no such part.";
            case 503 -> "Not available at the moment; try again shortly.";
            default -> status.is5xxServerError()
                    ? "Something went wrong on our side. The trace id finds it in our logs." : "The request is refused.";
        };
    }

    private ResponseEntity<Object> databaseAway(Exception failed, WebRequest request) {
        log.warn("Request {} could not use the database", Trace.of(servlet(request)), failed);
        return refused(new Refusal(Refusal.Kind.UNAVAILABLE, "database_unavailable",
                "The database does not answer at the moment; try again shortly."), request);
    }

    private ResponseEntity<Object> invalid(List<FieldError> errors, WebRequest request) {
        return answer(UNPROCESSABLE, "validation_failed", "Some fields do not hold what they should.", errors,
                new HttpHeaders(), request);
    }

    private ResponseEntity<Object> answer(HttpStatusCode status, String code, String detail, WebRequest request) {
        return answer(status, code, detail, List.of(), new HttpHeaders(), request);
    }

    private ResponseEntity<Object> answer(HttpStatusCode status, String code, String detail, List<FieldError> errors,
            HttpHeaders given, WebRequest request) {
        takeBack(((ServletWebRequest) request).getResponse());
        var headers = new HttpHeaders(given); // some that Spring hands in cannot be added to
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        return new ResponseEntity<>(Problem.of(status, code, detail, errors, servlet(request)), headers, status);
    }

    /** What was said of a body that could not be given after all is not true of the problem. */
    private static void takeBack(HttpServletResponse response) {
        if (response == null || response.isCommitted()) return;
        response.setContentLengthLong(-1);
        OF_A_BODY.forEach(name -> response.setHeader(name, null));
    }

    /** A throttle knows how long; the others say the shortest wait. */
    private static String retryAfter(Refusal refusal) {
        return refusal instanceof TooMany limited ? Long.toString(limited.retryAfter().toSeconds())
                : RETRY_AFTER_SECONDS;
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }

    private static String code(String constraint) {
        return constraint == null ? "invalid" : switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> "required";
            case "Size", "Length" -> "length";
            default -> "invalid";
        };
    }

    private static String sqlState(Exception failed) {
        return NestedExceptionUtils.getMostSpecificCause(failed) instanceof SQLException sql && sql.getSQLState() != null
                ? sql.getSQLState() : "";
    }

    private static String path(JacksonException wrong) {
        var path = new StringBuilder();
        for (var reference : wrong.getPath()) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                if (!path.isEmpty()) path.append('.');
                path.append(reference.getPropertyName());
            }
        }
        return path.toString();
    }
}
