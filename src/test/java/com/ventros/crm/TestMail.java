package com.ventros.crm;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A mail server that every test can send to, and the boxes of all who are written to. */
@Configuration(proxyBeanMethods = false)
public class TestMail {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("https://crm\\.exemplo\\.com\\.br(/[a-z-]+)#token=(\\S+)");
    private static final int PORT = freePort();
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    static {
        SERVER.start();
    }

    @Bean
    DynamicPropertyRegistrar mailServer() {
        return properties -> properties.add("spring.mail.port", () -> PORT);
    }

    /** The letters to this address, waiting until there are so many. */
    public static List<MimeMessage> letters(String address, int atLeast) {
        return await().atMost(SOON).until(() -> received(address), letters -> letters.size() >= atLeast);
    }

    public static List<MimeMessage> received(String address) {
        return Stream.of(SERVER.getReceivedMessagesForDomain(address)).toList();
    }

    /** The token in the link of the last of so many letters to this address. */
    public static String token(String address, int letters) {
        var link = LINK.matcher(text(letters(address, letters).getLast()));
        if (!link.find()) throw new AssertionError("There is no link in the letter to " + address);
        return link.group(2);
    }

    public static String text(MimeMessage letter) {
        try {
            return letter.getContent().toString();
        } catch (IOException | MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Does the work while the mail server is away. */
    public static void away(Runnable work) {
        SERVER.stop();
        try {
            work.run();
        } finally {
            SERVER.start();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
