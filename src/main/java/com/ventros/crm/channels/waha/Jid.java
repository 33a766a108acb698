package com.ventros.crm.channels.waha;

import com.ventros.crm.kernel.PhoneNumber;
import java.util.Optional;

/**
 * An address of WhatsApp (contract section 4). A device number is dropped; {@code @s.whatsapp.net} is read as the
 * {@code @c.us} that it is.
 */
record Jid(Kind kind, String user, String server) {

    enum Kind { PERSON, LID, GROUP, STATUS, BROADCAST, NEWSLETTER, SYSTEM, OTHER }

    /** Longer addresses are nonsense; old groups have some 30 characters. */
    private static final int LONGEST = 100;

    static Optional<Jid> parse(String text) {
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1 || text.length() > LONGEST) return Optional.empty();
        var user = text.substring(0, at);
        int device = user.indexOf(':');
        if (device > 0) user = user.substring(0, device);
        var server = text.substring(at + 1);
        if (user.isEmpty() || !plain(user) || !plain(server)) return Optional.empty();
        return Optional.of(switch (server) {
            case "c.us", "s.whatsapp.net" -> new Jid(user.equals("0") ? Kind.SYSTEM : Kind.PERSON, user, "c.us");
            case "lid" -> new Jid(Kind.LID, user, server);
            case "g.us" -> new Jid(Kind.GROUP, user, server);
            case "broadcast" -> new Jid(user.equals("status") ? Kind.STATUS : Kind.BROADCAST, user, server);
            case "newsletter" -> new Jid(Kind.NEWSLETTER, user, server);
            case "bot" -> new Jid(Kind.SYSTEM, user, server);
            default -> new Jid(Kind.OTHER, user, server);
        });
    }

    /** As WAHA takes it. */
    String address() {
        return user + "@" + server;
    }

    Optional<PhoneNumber> phone() {
        return kind == Kind.PERSON ? PhoneNumber.ofDigits(user) : Optional.empty();
    }

    Optional<String> lid() {
        return kind == Kind.LID && digits(user) ? Optional.of(user) : Optional.empty();
    }

    boolean isPerson() {
        return phone().isPresent() || lid().isPresent();
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-' || c == '_';
            if (!fine) return false;
        }
        return true;
    }

    private static boolean digits(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }
}
