package com.ventros.crm.channels.waha;

import com.ventros.crm.conversations.AdClick;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the advertisement that an incoming message came from (contract section 14). */
final class AdReader {

    private AdReader() {}

    /** From the message's own {@code contextInfo} on GOWS and NOWEB, which spell the names a little differently. */
    static Optional<AdClick> fromContext(JsonNode context) {
        var reply = context.path("externalAdReply");
        var sourceType = Json.text(reply, "sourceType");
        var clickId = Json.text(reply, "ctwaClid");
        var conversionSource = Json.text(context, "conversionSource");
        var entryPoint = Json.text(context, "entryPointConversionSource");
        var paid = sourceType.filter("ad"::equals).isPresent() || clickId.isPresent()
                || entryPoint.filter("ctwa_ad"::equals).isPresent()
                || conversionSource.filter("FB_Ads"::equals).isPresent();
        var organic = sourceType.filter("post"::equals).isPresent() || entryPoint.filter("ctwa_post"::equals).isPresent();
        if (!paid && !organic) return Optional.empty();
        return Optional.of(new AdClick(paid, clickId,
                Json.either(reply, "sourceID", "sourceId"), sourceType,
                Json.either(reply, "sourceURL", "sourceUrl"), Json.text(reply, "sourceApp"),
                Json.text(reply, "title"), Json.text(reply, "body"), mediaType(reply),
                Json.either(reply, "mediaURL", "mediaUrl"), Json.either(reply, "thumbnailURL", "thumbnailUrl"),
                Json.text(reply, "ref"), Json.text(reply, "greetingMessageBody"),
                conversionSource, Json.text(context, "conversionData"),
                Json.integer(context, "conversionDelaySeconds"), entryPoint));
    }

    /** From {@code _data.ctwaContext} of WEBJS and WPP, which know neither a click id nor a source type. */
    static Optional<AdClick> fromBrowser(JsonNode context) {
        var told = Json.either(context, "sourceId", "sourceUrl", "sourceApp", "title", "description", "mediaUrl",
                "thumbnailUrl", "conversionSource", "conversionData", "ctwaSignals");
        if (told.isEmpty()) return Optional.empty();
        return Optional.of(new AdClick(true, Optional.empty(), Json.text(context, "sourceId"), Optional.empty(),
                Json.text(context, "sourceUrl"), Json.text(context, "sourceApp"), Json.text(context, "title"),
                Json.text(context, "description"), mediaType(context), Json.text(context, "mediaUrl"),
                Json.text(context, "thumbnailUrl"), Optional.empty(), Json.text(context, "greetingMessageBody"),
                Json.text(context, "conversionSource"), Json.text(context, "conversionData"),
                Json.integer(context, "conversionDelaySeconds"), Optional.empty()));
    }

    /** A word on NOWEB, a number elsewhere. */
    private static Optional<String> mediaType(JsonNode node) {
        var word = Json.text(node, "mediaType").map(text -> text.toLowerCase(java.util.Locale.ROOT));
        return word.or(() -> Json.integer(node, "mediaType").flatMap(number -> switch (number) {
            case 1 -> Optional.of("image");
            case 2 -> Optional.of("video");
            default -> Optional.empty();
        }));
    }
}
