package com.ventros.crm.specifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of some fields, read where the fields say that they are kept. */
public final class KnownFacts {

    private final List<Field> fields;
    private final Map<String, Object> params = new HashMap<>();

    public KnownFacts(Collection<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** What to select; each column begins with a comma. */
    public String columns() {
        var columns = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            var from = field.from().map(rows -> " from " + rows).orElse("");
            if (field.argument().isPresent()) {
                from = from.replace(":argument", ":field" + i);
                params.put("field" + i, field.argument().get());
            }
            columns.append(", array(select ").append(column(field)).append(from).append(") as fact").append(i);
        }
        return columns.toString();
    }

    /** Values for the parameters of the columns. */
    public Map<String, Object> params() {
        return params;
    }

    /** The facts of one row. */
    public Specification.Facts read(ResultSet row) throws SQLException {
        var facts = new HashMap<Field, Set<Value>>();
        for (int i = 0; i < fields.size(); i++) {
            var values = new HashSet<Value>();
            for (var one : (Object[]) row.getArray("fact" + i).getArray()) {
                if (one != null) values.add(value(fields.get(i).kind(), one));
            }
            facts.put(fields.get(i), values);
        }
        return facts::get;
    }

    /** A time is read in microseconds: the driver's own way has another calendar for the first centuries. */
    private static String column(Field field) {
        return switch (field.kind()) {
            case TIME -> "(extract(epoch from " + field.value() + ") * 1000000)::bigint";
            case DOCUMENT -> field.value() + "::text";
            default -> field.value();
        };
    }

    private static Value value(Field.Kind kind, Object read) {
        return switch (kind) {
            case TEXT -> new Value.Words((String) read);
            case NUMBER -> new Value.Amount((Long) read);
            case TIME -> new Value.Moment(Instant.EPOCH.plus((Long) read, ChronoUnit.MICROS));
            case DATE -> new Value.Day(LocalDate.parse((String) read));
            case TRUTH -> new Value.Truth((Boolean) read);
            case DOCUMENT -> Value.Document.kept((String) read);
        };
    }
}
