package com.ventros.crm.contacts;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Numbers, addresses and ids as somebody typed them. */
public record TypedIdentities(List<String> phones, List<String> emails, List<String> externalIds) {

    public TypedIdentities {
        phones = List.copyOf(phones);
        emails = List.copyOf(emails);
        externalIds = List.copyOf(externalIds);
    }

    /** What they mean where a number without country code is one of {@code region}; refused when one means nothing. */
    SortedSet<Identity> read(String region) {
        var read = new ArrayList<Identity>();
        phones.forEach(text -> read.add(Identity.typed("phones", Identity.Kind.PHONE, text, region)));
        emails.forEach(text -> read.add(Identity.typed("emails", Identity.Kind.EMAIL, text, region)));
        externalIds.forEach(text -> read.add(Identity.typed("externalIds", Identity.Kind.EXTERNAL, text, region)));
        return new TreeSet<>(read);
    }
}
