package com.ventros.crm.conversations;

import com.ventros.crm.kernel.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Many rows in one parameter: records whose components are named as the columns, as a JSON array that
 * {@code jsonb_populate_recordset} reads. Text is made storable on the way.
 */
final class Rows {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule().addSerializer(String.class, new StorableText()))
            .build();

    private Rows() {}

    static String json(Object rows) {
        return MAPPER.writeValueAsString(rows);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** The same with all its text storable. */
    static AdClick storable(AdClick ad) {
        return read(json(ad), AdClick.class);
    }

    static <T> UUID[] uuids(Collection<T> items, Function<T, UUID> column) {
        return items.stream().map(column).toArray(UUID[]::new);
    }

    static <T> String[] texts(Collection<T> items, Function<T, String> column) {
        return items.stream().map(column).toArray(String[]::new);
    }

    /** As text, since the driver takes no arrays of times. */
    static <T> String[] times(Collection<T> items, Function<T, Instant> column) {
        return items.stream().map(column).map(at -> at == null ? null : at.toString()).toArray(String[]::new);
    }

    static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static final class StorableText extends ValueSerializer<String> {
        @Override
        public void serialize(String text, JsonGenerator json, SerializationContext context) {
            json.writeString(Text.storable(text));
        }
    }
}
