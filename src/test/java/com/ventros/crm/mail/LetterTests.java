package com.ventros.crm.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.kernel.EmailAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class LetterTests {

    private static final Letter LETTER = new Letter(new EmailAddress("ana@exemplo.com.br"), "Convite", "Entre por aqui: segredo");
    private static final MailProperties UNSET = new MailProperties(Optional.empty(), Optional.empty());

    @Test
    void theDemoShowsOnTheConsoleWhatItCannotSend(CapturedOutput console) throws CannotSend {
        var environment = new MockEnvironment().withProperty("local.server.port", "8080");
        environment.setActiveProfiles("demo");
        var post = post(UNSET, environment);
        assertThat(post.isOpen()).isTrue();
        assertThat(post.link("/reset-password")).isEqualTo("http://127.0.0.1:8080/reset-password");
        post.send(LETTER);
        assertThat(console).contains("ana@exemplo.com.br", "Convite", "Entre por aqui: segredo");
    }

    @Test
    void nothingIsSentOrShownWhereNoServerIsConfigured(CapturedOutput console) {
        var post = post(UNSET, new MockEnvironment());
        assertThat(post.isOpen()).isFalse();
        assertThatThrownBy(() -> post.send(LETTER)).isInstanceOf(CannotSend.class);
        assertThat(console).doesNotContain("segredo");
    }

    @Test
    void whoNamesAServerSaysFromWhomAndWhere() {
        assertThatThrownBy(() -> post(UNSET, new MockEnvironment(), new JavaMailSenderImpl()))
                .hasMessageContaining("crm.mail.from").hasMessageContaining("crm.mail.public-url");
        assertThatCode(() -> post(new MailProperties(Optional.of("crm@a.br"), Optional.of(URI.create("https://crm.a.br"))),
                new MockEnvironment(), new JavaMailSenderImpl())).doesNotThrowAnyException();
    }

    private static Post post(MailProperties settings, MockEnvironment environment, JavaMailSender... smtp) {
        var beans = new StaticListableBeanFactory();
        for (var sender : smtp) beans.addBean("smtp", sender);
        return new Post(beans.getBeanProvider(JavaMailSender.class), settings, environment);
    }
}
