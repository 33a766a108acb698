package com.ventros.crm.channels.waha;

import java.util.function.Function;

/** What came of calling WAHA: an answer, or why there is none and what follows from that. */
public sealed interface WahaAnswer<T> {

    /** WAHA did it. */
    record Ok<T>(T value) implements WahaAnswer<T> {}

    /** It did not, or nobody knows. */
    record Failed<T>(Failure failure) implements WahaAnswer<T> {}

    /** Why a call failed, by what follows for repeating it. */
    sealed interface Failure {

        /**
         * WAHA refused, so nothing happened.
         *
         * @param code      stable, lower case with underscores
         * @param permanent false when the same call may succeed later (a key or session that an administrator mends)
         */
        record Refused(String code, String detail, boolean permanent) implements Failure {}

        /** The number is not connected; nothing happened. */
        record NotConnected(String status) implements Failure {}

        /** Too fast for WhatsApp; nothing happened. */
        record RateLimited() implements Failure {}

        /** WAHA was not reached at all; nothing happened. */
        record Unreachable(String detail) implements Failure {}

        /** The request was sent and no usable answer came: it may have been done, or not. */
        record Unknown(String detail) implements Failure {}
    }

    default <R> WahaAnswer<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Ok<T>(var value) -> new Ok<>(change.apply(value));
            case Failed<T>(var failure) -> new Failed<>(failure);
        };
    }
}
