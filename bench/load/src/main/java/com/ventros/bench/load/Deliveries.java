package com.ventros.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bodies as WAHA posts them: samples of the contract, with a message id, a customer and a time of their own. Messages
 * go round over all customers, so neighbours are never of one chat.
 */
final class Deliveries {

    /** A sample and how many of ten deliveries look like it; all are of one engine, as all of one channel would be. */
    private enum Sample {
        TEXT("message-gows-text.json", 6),
        REPLY("message-gows-reply.json", 1),
        IMAGE("message-gows-image-caption.json", 1),
        VOICE("message-gows-voice.json", 1),
        BY_LID("message-gows-lid-with-phone.json", 1);

        final String file;
        final int ofTen;

        Sample(String file, int ofTen) {
            this.file = file;
            this.ofTen = ofTen;
        }
    }

    /** What of the samples is different in each delivery, and the mark that stands for it in a template. */
    private static final List<String> IDS = List.of("AC9B820183092C14C6E32B97D21270F0", "AC0F63BC905E33DABDAC6C4C9E000586",
            "AC5052D6E8401FA4EFF8565D1E9E2DC2", "AC174BB90BC7BCA133B78AB42F00DA68", "ACDDF67B0F9E05EEC36A31B7A9016ECA");
    private static final List<String> PHONES = List.of("5511998000101", "5511998000102", "5521998000104");
    private static final List<String> LIDS = List.of("214816000000101", "214816000000102", "214816000000104");
    private static final List<String> NAMES = List.of("Ana Souza", "Bruno Lima", "Davi 🌵");

    /** One delivery, ready to be posted. */
    record Delivery(byte[] body, String signature, String requestId) {}

    private final List<String> templates = new ArrayList<>();
    private final String run;
    private final int customers;
    private final ThreadLocal<Mac> macs;

    /**
     * @param run eight hexadecimal digits that begin each message id of this run
     */
    Deliveries(Path samples, String run, int customers, String secret) throws IOException {
        this.run = run;
        this.customers = customers;
        this.macs = ThreadLocal.withInitial(() -> mac(secret));
        var json = JsonMapper.builder().build();
        for (var sample : Sample.values()) {
            var body = (ObjectNode) json.readTree(Files.readAllBytes(samples.resolve(sample.file)));
            body.put("id", "evt_%EVENT%").put("timestamp", "%MILLIS%").put("session", "%SESSION%");
            ((ObjectNode) body.get("payload")).put("timestamp", "%SECONDS%");
            var text = json.writeValueAsString(body).replace("\"%MILLIS%\"", "%MILLIS%").replace("\"%SECONDS%\"", "%SECONDS%");
            for (var id : IDS) text = text.replace(id, "%ID%");
            for (var phone : PHONES) text = text.replace(phone, "%PHONE%");
            for (var lid : LIDS) text = text.replace(lid, "%LID%");
            for (var name : NAMES) text = text.replace(name, "%NAME%");
            for (int i = 0; i < sample.ofTen; i++) templates.add(text);
        }
    }

    /** WhatsApp's id of the message in delivery {@code i}; 32 digits as a phone makes them. */
    String messageId(int i) {
        return "AC" + run + "%022X".formatted(i);
    }

    static String prefix(String run) {
        return "AC" + run;
    }

    static int index(String messageId) {
        return Integer.parseInt(messageId.substring(24), 16);
    }

    Delivery delivery(int i, String session, long millis) {
        int customer = i % customers;
        // Every round another sample for the same customer.
        var template = templates.get((i + i / customers) % templates.size());
        var phone = Long.toString(5_511_900_000_000L + customer);
        var text = new StringBuilder(template.length() + 64);
        for (int from = 0, mark; ; ) {
            mark = template.indexOf('%', from);
            int end = mark < 0 ? -1 : template.indexOf('%', mark + 1);
            if (end < 0) {
                text.append(template, from, template.length());
                break;
            }
            text.append(template, from, mark);
            text.append(switch (template.substring(mark + 1, end)) {
                case "EVENT" -> run + "%018d".formatted(i);
                case "MILLIS" -> Long.toString(millis);
                case "SECONDS" -> Long.toString(millis / 1_000);
                case "SESSION" -> session;
                case "ID" -> messageId(i);
                case "PHONE" -> phone;
                case "LID" -> Long.toString(300_000_000_000_000L + customer);
                case "NAME" -> "Cliente " + customer;
                default -> throw new IllegalStateException("a stray % in a sample: " + template.substring(mark, end + 1));
            });
            from = end + 1;
        }
        var body = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Delivery(body, HexFormat.of().formatHex(macs.get().doFinal(body)), run + "-" + i);
    }

    private static Mac mac(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA512", impossible);
        }
    }
}
