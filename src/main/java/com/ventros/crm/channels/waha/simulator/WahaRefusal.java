package com.ventros.crm.channels.waha.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call that WAHA does not fulfil, with the status and body it answers. */
final class WahaRefusal extends RuntimeException {

    final int status;
    private final transient Map<String, Object> body;

    private WahaRefusal(int status, Map<String, Object> body) {
        super(String.valueOf(body));
        this.status = status;
        this.body = body;
    }

    Map<String, Object> body() {
        return body;
    }

    static WahaRefusal unauthorized() {
        return new WahaRefusal(401, Payloads.json("message", "Unauthorized", "statusCode", 401));
    }

    static WahaRefusal badRequest(Object message) {
        return new WahaRefusal(400, Payloads.json("statusCode", 400, "message", message, "error", "Bad Request"));
    }

    static WahaRefusal empty(String field) {
        return badRequest(List.of(field + " should not be empty"));
    }

    static WahaRefusal notFound(String message) {
        return new WahaRefusal(404, Payloads.json("message", message, "error", "Not Found", "statusCode", 404));
    }

    static WahaRefusal noSuchFile(String key) {
        return new WahaRefusal(404, Payloads.json("error",
                Payloads.json("code", "ENOENT", "message", "File not found", "key", key, "details", null)));
    }

    static WahaRefusal unprocessable(String message) {
        return new WahaRefusal(422,
                Payloads.json("statusCode", 422, "message", message, "error", "Unprocessable Entity"));
    }

    static WahaRefusal noSuchSession(String name) {
        return unprocessable("Session \"" + name + "\" does not exist");
    }

    static WahaRefusal notImplemented() {
        return unprocessable("The method is not implemented by the engine.");
    }

    static WahaRefusal wrongStatus(String session, String status, String expected) {
        return new WahaRefusal(422, Payloads.json(
                "error", "Session status is not as expected. Try again later or restart the session",
                "session", session,
                "status", status,
                "expected", List.of(expected)));
    }

    /** An exception out of the engine; the door adds time, request and version. */
    static WahaRefusal exception(String message) {
        return new WahaRefusal(500, Payloads.json("exception", Payloads.json(
                "message", message, "name", "Error", "stack", "Error: " + message + "\n    at Engine")));
    }

    /** The same refusal with what the door knows around it. */
    WahaRefusal within(Map<String, Object> before, Map<String, Object> after) {
        var whole = new LinkedHashMap<>(before);
        whole.putAll(body);
        whole.putAll(after);
        return new WahaRefusal(status, whole);
    }
}
