package com.ventros.crm.http;

import com.ventros.crm.kernel.Text;
import java.time.Instant;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Bodies are read to the letter: an unknown field, a number where a text belongs, a fraction where a whole number does, a
 * repeated field or a character that the database cannot hold is a mistake of the caller's, and is told.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    @Bean
    ServerHttpMessageConvertersCustomizer strictJsonConverter(JsonMapper json) {
        var texts = new SimpleModule("texts").addDeserializer(String.class, new StorableText()).addDeserializer(Instant.class, new WrittenTime());
        var strict = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // All digits that were written; whoever takes such a number says how large it may be.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                // A blank is a text and no number, truth, time or id that was left out.
                .withCoercionConfigDefaults(blank -> blank.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                        .setAcceptBlankAsEmpty(false))
                .addModule(texts)
                .build();
        return converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter(strict));
    }

    /** A time is written out: a number could be seconds or milliseconds. */
    private static final class WrittenTime extends StdDeserializer<Instant> {
        WrittenTime() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return (Instant) context.handleUnexpectedToken(context.constructType(Instant.class), parser);
            }
            var written = Moments.read(parser.getString());
            return written.isPresent() ? written.get() : (Instant) context.handleWeirdStringValue(Instant.class, parser.getString(), Moments.HOW);
        }
    }

    /** A text without U+0000 and halves of surrogate pairs (PostgreSQL has no such characters), and only where the JSON has a text. */
    private static final class StorableText extends StringDeserializer {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isScalarValue() || parser.currentToken().isNumeric()
                    || parser.currentToken().isBoolean()) {
                return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
            }
            var text = super.deserialize(parser, context);
            if (text != null && !Text.isStorable(text)) {
                return (String) context.handleWeirdStringValue(String.class, "", "holds U+0000 or half of a surrogate pair");
            }
            return text;
        }
    }
}
