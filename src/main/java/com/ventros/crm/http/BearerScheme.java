package com.ventros.crm.http;

import java.util.Optional;

/** A kind of bearer token, and how its caller is recognised. */
public interface BearerScheme {

    /** What every token of this kind begins with. */
    String prefix();

    /** Who presents this token; empty when it is unknown, expired or revoked. */
    Optional<Principal> recognise(String token);
}
