package com.ventros.crm.conversations;

import java.util.Optional;

/**
 * The advertisement or post that a customer came from, as their first message after it tells.
 *
 * @param paid     true for an advertisement, false for an unpaid post
 * @param clickId  Meta's click id ({@code ctwa_clid}), needed for its Conversions API; some engines never tell it
 * @param sourceId id of the ad or post
 * @param app      {@code facebook}, {@code instagram}, ...
 */
public record AdClick(
        boolean paid,
        Optional<String> clickId,
        Optional<String> sourceId,
        Optional<String> sourceType,
        Optional<String> sourceUrl,
        Optional<String> app,
        Optional<String> title,
        Optional<String> body,
        Optional<String> mediaType,
        Optional<String> mediaUrl,
        Optional<String> thumbnailUrl,
        Optional<String> ref,
        Optional<String> greeting,
        Optional<String> conversionSource,
        Optional<String> conversionData,
        Optional<Integer> conversionDelaySeconds,
        Optional<String> entryPoint) {}
