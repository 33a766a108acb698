package com.ventros.crm.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTests {

    /** Something that is no hash at all would be refused at once, and the time would tell that nobody has this address. */
    @Test
    void nobodysHashIsMadeAsThoseOfPeopleAre() {
        assertThat(new Passwords().isOutdated(Passwords.NOBODYS)).isFalse();
        assertThat(new Passwords().matches("any password", Passwords.NOBODYS)).isFalse();
    }
}
