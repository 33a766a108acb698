package com.ventros.crm.channels.api;

import com.ventros.crm.channels.ChannelAddress;
import com.ventros.crm.http.AllowedAddresses;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Which addresses of companies' programs, and of their files, are called: over TLS, and never inside. */
@Component
@EnableConfigurationProperties(ApiChannelProperties.class)
public class AllowedEndpoints {

    private final AllowedAddresses allowed;

    AllowedEndpoints(ApiChannelProperties settings) {
        this.allowed = new AllowedAddresses(settings.allowPrivateAddresses());
    }

    /** Refuses an address that would not be called. A name that is set up later passes: it is asked again before each request. */
    public void check(String field, URI uri) {
        try {
            var refusal = refusal(uri);
            if (refusal.isPresent()) throw ChannelAddress.badUrl(field, "is not allowed: it has to begin with https:// and to lead outside");
        } catch (UnknownHostException notYet) {
            // whether it is there shows with the first message
        }
    }

    /** Why requests must not go there now. */
    Optional<String> refusal(URI uri) throws UnknownHostException {
        return allowed.refusalOfProgram(uri);
    }
}
