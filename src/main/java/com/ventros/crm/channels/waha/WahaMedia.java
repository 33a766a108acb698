package com.ventros.crm.channels.waha;

import com.ventros.crm.channels.ChannelConnections;
import com.ventros.crm.channels.ChannelConnections.Server;
import com.ventros.crm.channels.Provider.Fetched;
import com.ventros.crm.channels.waha.WahaAnswer.Failed;
import com.ventros.crm.channels.waha.WahaAnswer.Failure;
import com.ventros.crm.channels.waha.WahaAnswer.Ok;
import com.ventros.crm.conversations.FetchMedia.Wanted;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.media.KeepMedia;
import com.ventros.crm.media.MediaFile;
import com.ventros.crm.tenancy.Tenancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gets the file of a message from WAHA, which keeps it for three minutes and may get it again when asked. */
@Component
class WahaMedia {

    private final ChannelConnections connections;
    private final WahaClient waha;
    private final KeepMedia keepMedia;

    WahaMedia(ChannelConnections connections, WahaClient waha, KeepMedia keepMedia) {
        this.connections = connections;
        this.waha = waha;
        this.keepMedia = keepMedia;
    }

    /** For a message of the bound tenant. */
    Fetched fetch(Wanted wanted) throws IOException {
        var server = connections.server(Tenancy.current(), wanted.channel());
        if (server.isEmpty()) return new Fetched.Missing("channel_gone", true);
        var part = keepMedia.temporary();
        try {
            return kept(download(server.get(), wanted, part), wanted.fileName());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private WahaAnswer<Path> download(Server server, Wanted wanted, Path part) {
        var first = waha.download(server, wanted.url(), part, keepMedia.maxBytes());
        if (!(first instanceof Failed<Path>(Failure.Refused(var code, _, _))) || !code.equals("file_gone")
                || wanted.chat().isEmpty()) {
            return first;
        }
        var fullId = WahaSending.fullId(wanted.chat().get(), wanted.name());
        return switch (waha.mediaOf(server, wanted.chat().get(), fullId)) {
            case Ok<Optional<String>>(var url) when url.isPresent() ->
                    waha.download(server, url.get(), part, keepMedia.maxBytes());
            case Ok<Optional<String>> _ -> first;
            case Failed<Optional<String>> _ -> first;
        };
    }

    private Fetched kept(WahaAnswer<Path> answer, Optional<String> name) throws IOException {
        return switch (answer) {
            case Ok<Path>(var part) -> {
                try {
                    yield new Fetched.Here(keepMedia.keep(part, name));
                } catch (Refusal unusable) {
                    yield new Fetched.Missing(unusable.code(), true);
                }
            }
            case Failed<Path>(Failure.Refused(var code, _, var permanent)) -> new Fetched.Missing(code, permanent);
            case Failed<Path> _ -> new Fetched.Missing("unreachable", false);
        };
    }
}
