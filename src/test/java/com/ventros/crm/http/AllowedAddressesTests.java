package com.ventros.crm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedAddressesTests {

    /** Where requests may go: nowhere, only where the operator allows private networks, or anywhere. */
    @ParameterizedTest
    @CsvSource({"169.254.169.254, NEVER", "100.100.100.200, NEVER", "[fd00:ec2::254], NEVER", "[64:ff9b::a9fe:a9fe], NEVER", "0.0.0.0, NEVER",
            "224.0.0.1, NEVER", "127.0.0.1, PRIVATE", "2130706433, PRIVATE", "10.1.2.3, PRIVATE", "192.168.0.1, PRIVATE", "[fd00::1], PRIVATE",
            "[::ffff:127.0.0.1], PRIVATE", "[64:ff9b::7f00:1], PRIVATE", "100.64.0.1, PRIVATE", "100.127.255.255, PRIVATE", "192.0.0.8, PRIVATE",
            "198.19.0.1, PRIVATE", "240.0.0.1, PRIVATE", "0.1.2.3, PRIVATE", "100.128.0.1, ANYWHERE", "198.20.0.1, ANYWHERE", "203.0.113.9, ANYWHERE",
            "[64:ff9b::cb00:7109], ANYWHERE", "[2001:db8::1], ANYWHERE"})
    void insideIsInsideHoweverItIsWritten(String host, String where) throws UnknownHostException {
        var uri = URI.create("https://" + host + "/");
        assertThat(new AllowedAddresses(true).refusal(uri).isPresent()).isEqualTo(where.equals("NEVER"));
        assertThat(new AllowedAddresses(false).refusal(uri).isPresent()).isEqualTo(!where.equals("ANYWHERE"));
        var plain = URI.create("http://" + host + "/");
        assertThat(new AllowedAddresses(true).refusalOfProgram(uri)).isEqualTo(new AllowedAddresses(true).refusal(uri));
        assertThat(new AllowedAddresses(true).refusalOfProgram(plain).isPresent()).as("without TLS inside alone").isEqualTo(!where.equals("PRIVATE"));
        assertThat(new AllowedAddresses(false).refusalOfProgram(plain)).as("and nowhere unless the operator says so").isPresent();
    }

    @Test
    void nothingButTheWebIsCalled() throws UnknownHostException {
        assertThat(new AllowedAddresses(true).refusalOfProgram(URI.create("ftp://127.0.0.1/"))).isPresent();
        assertThat(new AllowedAddresses(false).refusalOfProgram(URI.create("http://no-such-host.invalid/"))).as("whatever it leads to").isPresent();
    }
}
