package com.ventros.crm.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.channels.Channel.Number;
import com.ventros.crm.channels.Channel.Report;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTests {

    private static final Instant MORNING = Instant.parse("2026-02-10T09:00:00Z");
    private static final PhoneNumber OURS = new PhoneNumber("+5511998000999");

    private final SealedSecrets secrets = new SealedSecrets(Optional.of(new byte[] {1}), new byte[] {2});
    private final Channel channel = channel();

    @Test
    void theNewestReportCountsAndNotTheLastToArrive() {
        assertThat(channel.report(report(ChannelStatus.FAILED, MORNING), Optional.empty())).isTrue();
        assertThat(channel.report(report(ChannelStatus.CONNECTED, MORNING.minusSeconds(60)), Optional.empty())).isFalse();
        assertThat(channel.report(report(ChannelStatus.FAILED, MORNING), Optional.empty())).as("twice").isFalse();
        assertThat(channel.status()).isEqualTo(ChannelStatus.FAILED);
    }

    /** WAHA starts and works within one millisecond, and delivers in any order. */
    @Test
    void ofTwoReportsOfOneTimeTheFurtherCountsInWhateverOrderTheyCome() {
        for (var order : List.of(List.of(ChannelStatus.STARTING, ChannelStatus.CONNECTED),
                List.of(ChannelStatus.CONNECTED, ChannelStatus.STARTING))) {
            var one = channel();
            order.forEach(status -> one.report(report(status, MORNING), Optional.empty()));
            assertThat(one.status()).as(order.toString()).isEqualTo(ChannelStatus.CONNECTED);
        }
    }

    @Test
    void gettingAndLosingTheConnectionIsTold() {
        channel.takeEvents();
        channel.report(report(ChannelStatus.CONNECTED, MORNING), Optional.of(new Number(OURS, Optional.of("1"))));
        channel.report(report(ChannelStatus.FAILED, MORNING.plusSeconds(1)), Optional.empty());

        assertThat(channel.takeEvents()).containsExactly(
                new ChannelEvent.StatusChanged(channel.id.value(), "connected"),
                new ChannelEvent.Connected(channel.id.value(), Optional.of("+5511998000999")),
                new ChannelEvent.StatusChanged(channel.id.value(), "failed"),
                new ChannelEvent.Disconnected(channel.id.value()));
        assertThat(channel.number()).as("still known").isPresent();
    }

    @Test
    void anotherNumberBehindTheSameSessionIsTold() {
        channel.report(report(ChannelStatus.CONNECTED, MORNING), Optional.of(new Number(OURS, Optional.empty())));
        channel.takeEvents();
        var other = new PhoneNumber("+5511998000998");
        channel.report(report(ChannelStatus.CONNECTED, MORNING.plusSeconds(1)), Optional.of(new Number(other, Optional.empty())));

        assertThat(channel.takeEvents())
                .containsExactly(new ChannelEvent.Connected(channel.id.value(), Optional.of(other.e164())));
    }

    @ParameterizedTest
    @EnumSource(ChannelStatus.class)
    void aChannelIsConnectedUnlessItIsAlready(ChannelStatus status) {
        become(status);
        if (status == ChannelStatus.CONNECTED) {
            assertThatThrownBy(channel::askToConnect).isInstanceOfSatisfying(Refusal.class,
                    refusal -> assertThat(refusal.code()).isEqualTo("channel_already_connected"));
        } else {
            channel.askToConnect();
            assertThat(channel.takeEvents()).containsExactly(new ChannelEvent.ConnectionRequested(channel.id.value()));
        }
        assertThat(channel.status()).as("only the provider says how it is").isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(ChannelStatus.class)
    void aChannelIsDisconnectedWhileItRunsAndLoggedOutWhileItIsPaired(ChannelStatus status) {
        for (var logOut : List.of(false, true)) {
            become(status);
            if (status == ChannelStatus.NEW || status == ChannelStatus.STOPPED && !logOut) {
                assertThatThrownBy(() -> channel.askToDisconnect(logOut)).isInstanceOfSatisfying(Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("channel_not_connected"));
            } else {
                channel.askToDisconnect(logOut);
                assertThat(channel.takeEvents()).containsExactly(new ChannelEvent.DisconnectionRequested(channel.id.value(), logOut));
            }
        }
    }

    private void become(ChannelStatus status) {
        if (status != ChannelStatus.NEW) channel.report(report(status, MORNING), Optional.empty());
        channel.takeEvents();
    }

    @Test
    void anotherServerDoesNotGetTheKeyOfTheOldOne() {
        var elsewhere = new WahaAddress("https://elsewhere.example", "vendas");
        assertThatThrownBy(() -> channel.update("Vendas", elsewhere, secrets, ChannelSettings.USUAL))
                .isInstanceOf(Refusal.class).hasMessageContaining("API key");

        var newKey = new SealedSecrets(Optional.of(new byte[] {3}), new byte[] {2});
        assertThat(channel.update("Vendas", elsewhere, newKey, ChannelSettings.USUAL)).isTrue();
    }

    @Test
    void aChangeThatChangesNothingIsSilent() {
        channel.takeEvents();
        assertThat(channel.update("Vendas", channel.address(), secrets, ChannelSettings.USUAL)).isFalse();
        assertThat(channel.takeEvents()).isEmpty();
    }

    @Test
    void webhookKeysAreLongAndNeverTheSame() {
        var before = channel.webhookKey();
        channel.rotateWebhookKey();
        assertThat(channel.webhookKey()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://waha", "waha:3000", "http://", "http://user@waha", "http://good@evil", "javascript:1",
            "http://waha?x=1", "http://waha#x", "file:///etc/passwd", "http:///x"})
    void anAddressThatIsNoPlainWebAddressIsRefused(String url) {
        assertThatThrownBy(() -> new WahaAddress(url, "vendas")).isInstanceOf(Refusal.class);
    }

    @Test
    void theSlashAtTheEndOfAnAddressDoesNotMatter() {
        assertThat(new WahaAddress("http://waha:3000/", "vendas").url()).isEqualTo("http://waha:3000");
    }

    private Channel channel() {
        return Channel.create(ChannelId.create(), ProjectId.create(), "Vendas",
                new WahaAddress("http://waha:3000", "vendas"), secrets, ChannelSettings.USUAL);
    }

    private static Report report(ChannelStatus status, Instant at) {
        return new Report(status, at, Optional.empty());
    }
}
