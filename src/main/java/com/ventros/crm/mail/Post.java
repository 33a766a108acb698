package com.ventros.crm.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** How letters leave: by the SMTP server of {@code spring.mail.*}; without one, and in the demo only, onto the console. */
@Component
@EnableConfigurationProperties(MailProperties.class)
class Post {

    private static final Logger log = LoggerFactory.getLogger(Post.class);

    private final Optional<JavaMailSender> smtp;
    private final MailProperties settings;
    private final Environment environment;

    Post(ObjectProvider<JavaMailSender> smtp, MailProperties settings, Environment environment) {
        this.smtp = Optional.ofNullable(smtp.getIfAvailable());
        this.settings = settings;
        this.environment = environment;
        if (this.smtp.isPresent() && (settings.from().isEmpty() || settings.publicUrl().isEmpty())) {
            throw new IllegalStateException("spring.mail.host is set: say with crm.mail.from where letters come from, and"
                    + " with crm.mail.public-url where people reach this server.");
        }
    }

    boolean isOpen() {
        return smtp.isPresent() || onConsole();
    }

    String link(String path) {
        var base = settings.publicUrl().map(Object::toString)
                .orElseGet(() -> "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
        return base.replaceAll("/+$", "") + path;
    }

    void send(Letter letter) throws CannotSend {
        if (smtp.isEmpty()) {
            if (!onConsole()) throw new CannotSend("no mail server is configured", false);
            log.info("\n\n  A letter to {} (no mail server is configured): {}\n\n{}\n", letter.to(), letter.subject(),
                    letter.text().indent(2));
            return;
        }
        try {
            var message = smtp.get().createMimeMessage();
            var parts = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            parts.setFrom(settings.from().orElseThrow());
            parts.setTo(letter.to().value());
            parts.setSubject(letter.subject());
            parts.setText(letter.text());
            smtp.get().send(message);
        } catch (MailSendException refused) {
            throw new CannotSend(reason(refused), refused.getFailedMessages().values().stream().anyMatch(Post::isForGood));
        } catch (AddressException impossible) {
            throw new CannotSend(reason(impossible), true);
        } catch (MailException | MessagingException away) {
            throw new CannotSend(reason(away), false);
        }
    }

    /** The server does not take mail for this address, today or tomorrow. */
    private static boolean isForGood(Exception why) {
        return why instanceof SendFailedException refused && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0;
    }

    private static String reason(Exception why) {
        var text = Optional.ofNullable(why.getMessage()).orElseGet(() -> why.getClass().getSimpleName());
        return text.lines().findFirst().orElse("").strip();
    }

    private boolean onConsole() {
        return environment.acceptsProfiles(Profiles.of("demo"));
    }
}
