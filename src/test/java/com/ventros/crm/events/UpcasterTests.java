package com.ventros.crm.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ventros.crm.events.catalog.Catalogue;
import com.ventros.crm.kernel.TenantId;
import com.ventros.crm.kernel.Uuids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UpcasterTests {

    private static final Catalogue CATALOGUE = new Catalogue();
    private static final Upcaster OTHER = step("contact.created", 1);

    @Test
    void aProgramWithAHoleInAChainDoesNotStart() {
        assertThatThrownBy(() -> new Upcasters(CATALOGUE, List.of(OTHER)))
                .hasMessage("no upcaster reads message.reacted version 1");
    }

    @Test
    void anUpcasterOfNoEarlierVersionIsRefused() {
        assertThatThrownBy(() -> new Upcasters(CATALOGUE, List.of(step("message.reacted", 1), step("message.reacted", 2))))
                .hasMessageContaining("version 2, which is no earlier version");
        assertThatThrownBy(() -> new Upcasters(CATALOGUE, List.of(step("message.reacted", 1), step("message.reacted", 1))))
                .hasMessageContaining("two upcasters");
    }

    @Test
    void whatANewerProgramWroteIsNotGuessedAt() {
        var upcasters = new Upcasters(CATALOGUE, List.of(OTHER, step("message.reacted", 1)));
        assertThat(upcasters.newest(event(1)).version()).isEqualTo(2);
        assertThat(upcasters.newest(event(2)).version()).isEqualTo(2);
        assertThatThrownBy(() -> upcasters.newest(event(3))).isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(PermanentFailure.class).hasMessageContaining("newer program");
    }

    private static Envelope event(int version) {
        return new Envelope(Uuids.v7(), "message.reacted", version, Instant.now(), TenantId.create(), Optional.empty(), "message",
                Uuids.v7(), 1, 1, Uuids.v7(), Optional.empty(), Actor.system("test"), Optional.empty(),
                EventJson.MAPPER.createObjectNode());
    }

    private static Upcaster step(String type, int from) {
        return new Upcaster() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public int from() {
                return from;
            }

            @Override
            public ObjectNode upcast(ObjectNode data) {
                return data;
            }
        };
    }
}
