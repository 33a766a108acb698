package com.ventros.crm.channels.web;

import com.ventros.crm.channels.ArchiveChannel;
import com.ventros.crm.channels.ChannelSettings;
import com.ventros.crm.channels.ChannelView;
import com.ventros.crm.channels.CreateChannel;
import com.ventros.crm.channels.EndpointAddress;
import com.ventros.crm.channels.RotateWebhookKey;
import com.ventros.crm.channels.UpdateChannel;
import com.ventros.crm.channels.WahaAddress;
import com.ventros.crm.channels.api.AllowedEndpoints;
import com.ventros.crm.channels.waha.WahaPairing;
import com.ventros.crm.conversations.ChannelId;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.PhoneNumber;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The channels of a tenant: connect, change, and give a new webhook address. Secrets go in and never come out. */
@RestController
@RequestMapping("/api/v1/channels")
class ChannelController {

    private final ChannelView view;
    private final CreateChannel create;
    private final UpdateChannel update;
    private final ArchiveChannel archive;
    private final RotateWebhookKey rotateWebhookKey;
    private final WahaPairing pairing;
    private final AllowedEndpoints allowed;

    ChannelController(ChannelView view, CreateChannel create, UpdateChannel update, ArchiveChannel archive, RotateWebhookKey rotateWebhookKey,
            WahaPairing pairing, AllowedEndpoints allowed) {
        this.view = view;
        this.create = create;
        this.update = update;
        this.archive = archive;
        this.rotateWebhookKey = rotateWebhookKey;
        this.pairing = pairing;
        this.allowed = allowed;
    }

    /**
     * A channel to connect: {@code waha} for a number behind WAHA, {@code api} for the type api. {@code projectId} may be left
     * out by a tenant with one project.
     */
    record NewChannel(UUID projectId, String name, String type, Waha waha, Program api, Integer sessionTimeoutMinutes, Boolean groups,
            Boolean statusPosts, UUID defaultPipelineId, Boolean readReceipts) {}

    /**
     * What to change; what is missing stays. {@code sessionTimeoutMinutes: null} means: as the project says;
     * {@code defaultPipelineId: null}: nobody enters one by themselves.
     */
    record Change(String name, Waha waha, Program api, JsonNode sessionTimeoutMinutes, Boolean groups, Boolean statusPosts,
            JsonNode defaultPipelineId, Boolean readReceipts) {

        ChannelSettings of(ChannelSettings before) {
            return new ChannelSettings(
                    sessionTimeoutMinutes == null ? before.sessionTimeoutMinutes() : minutes(sessionTimeoutMinutes),
                    groups == null ? before.groups() : groups, statusPosts == null ? before.statusPosts() : statusPosts,
                    defaultPipelineId == null ? before.defaultPipeline() : pipeline(defaultPipelineId),
                    readReceipts == null ? before.readReceipts() : readReceipts);
        }
    }

    /** How WAHA is reached. */
    record Waha(String url, String session, String apiKey, String hmacSecret) {}

    /** Where a program of the company's own takes messages, and the secret that signs them. */
    record Program(String url, String secret) {}

    /** The phone that is to be paired. */
    record Pairing(String phone) {}

    /** What has to be typed into it. */
    record PairingCode(String code) {}

    /** How far a channel is disconnected. */
    record Disconnection(Boolean logOut) {}

    /** Lists the channels in the order of their names; with {@code archived=true} those that were given up. */
    @GetMapping
    @Requires(Permission.CHANNEL_READ)
    Page<ChannelView.Item> list(@RequestParam(defaultValue = "false") boolean archived, Paging paging) {
        var items = view.list(archived, paging.after().map(cursor -> cursor.text(0)), paging.after().map(cursor -> cursor.uuid(1)),
                paging.fetch());
        return Page.of(items, paging, item -> Cursor.after(item.name(), item.id()));
    }

    /** Shows a channel. */
    @GetMapping("/{id}")
    @Requires(Permission.CHANNEL_READ)
    ResponseEntity<ChannelView.Item> get(@PathVariable UUID id) {
        return answer(new ChannelId(id));
    }

    /** Connects a channel. */
    @PostMapping
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> create(@RequestBody NewChannel request) {
        var project = Optional.ofNullable(request.projectId()).map(ProjectId::new);
        var usual = ChannelSettings.USUAL;
        var settings = new ChannelSettings(Optional.ofNullable(request.sessionTimeoutMinutes()),
                request.groups() == null ? usual.groups() : request.groups(),
                request.statusPosts() == null ? usual.statusPosts() : request.statusPosts(),
                Optional.ofNullable(request.defaultPipelineId()),
                request.readReceipts() == null ? usual.readReceipts() : request.readReceipts());
        var id = create.handle(switch (request.type() == null ? WahaAddress.TYPE : request.type()) {
            case WahaAddress.TYPE -> {
                var waha = request.waha();
                if (waha == null || request.api() != null) throw Refusal.invalid("waha", "required", "Say where WAHA is, and only that.");
                yield new CreateChannel.Command(project, request.name(), new WahaAddress(waha.url(), waha.session()),
                        given(waha.apiKey()), waha.hmacSecret(), settings);
            }
            case EndpointAddress.TYPE -> {
                var program = request.api();
                if (program == null || request.waha() != null) {
                    throw Refusal.invalid("api", "required", "Say where the program is, and only that.");
                }
                yield new CreateChannel.Command(project, request.name(), endpoint(program.url()), Optional.empty(),
                        program.secret(), settings);
            }
            default -> throw Refusal.invalid("type", "type_unknown", "A channel is of the type waha or api.");
        });
        var made = view.get(id);
        return ResponseEntity.created(URI.create("/api/v1/channels/" + id)).eTag(IfMatch.etag(made.version())).body(made);
    }

    /** Changes a channel. Another address of WAHA needs its API key again. */
    @PatchMapping("/{id}")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> change(@PathVariable UUID id, IfMatch ifMatch, @RequestBody Change request) {
        if (request.waha() != null && request.api() != null) {
            throw Refusal.invalid("api", "ambiguous", "A channel is of one type.");
        }
        var program = Optional.ofNullable(request.api());
        program.map(Program::url).ifPresent(this::endpoint);
        var waha = request.waha() == null ? new Waha(null, null, null, null) : request.waha();
        var channel = new ChannelId(id);
        var type = program.map(_ -> EndpointAddress.TYPE).or(() -> Optional.ofNullable(request.waha()).map(_ -> WahaAddress.TYPE));
        update.handle(new UpdateChannel.Command(channel, Optional.ofNullable(request.name()), type,
                program.map(Program::url).or(() -> Optional.ofNullable(waha.url())), Optional.ofNullable(waha.session()),
                given(waha.apiKey()), program.flatMap(one -> given(one.secret())).or(() -> given(waha.hmacSecret())), request::of),
                ifMatch::mustBe);
        return answer(channel);
    }

    /**
     * Gives up a channel: its session is stopped, it takes no deliveries and does not count for the plan any more; its history stays.
     * Done again it changes nothing.
     */
    @DeleteMapping("/{id}")
    @Requires(Permission.CHANNEL_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void archive(@PathVariable UUID id) {
        archive.archive(new ChannelId(id));
    }

    /** Takes up a channel again that was given up; afterwards it is to be connected. */
    @PostMapping("/{id}/restore")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> restore(@PathVariable UUID id) {
        var channel = new ChannelId(id);
        archive.restore(channel);
        return answer(channel);
    }

    /** Gives a channel a new webhook address; the old one is refused from now on. */
    @PostMapping("/{id}/webhook-key")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> rotateWebhookKey(@PathVariable UUID id) {
        var channel = new ChannelId(id);
        rotateWebhookKey.handle(channel);
        return answer(channel);
    }

    /**
     * Starts a channel's session, which is made if WAHA has none of that name. Asked again while it starts or waits for its
     * phone, it changes nothing.
     */
    @PostMapping("/{id}/connect")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> connect(@PathVariable UUID id) {
        var channel = new ChannelId(id);
        pairing.connect(channel);
        return answer(channel);
    }

    /** Shows the picture that the phone has to scan now, as PNG. It changes every twenty seconds. */
    @GetMapping(path = "/{id}/qr", produces = MediaType.IMAGE_PNG_VALUE)
    @Requires(Permission.CHANNEL_WRITE)
    void qr(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        var picture = pairing.qr(new ChannelId(id));
        response.setContentType(MediaType.IMAGE_PNG_VALUE);
        // Whoever sees it may take over the number.
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(picture.length);
        response.getOutputStream().write(picture);
    }

    /** Gives a code to be typed into the phone of this number instead of scanning. */
    @PostMapping("/{id}/pairing-code")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<PairingCode> pairingCode(@PathVariable UUID id, @RequestBody Pairing request) {
        var phone = Optional.ofNullable(request.phone()).flatMap(PhoneNumber::parse)
                .orElseThrow(() -> Refusal.invalid("phone", "phone_invalid", "Give the number with + and its country code."));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new PairingCode(pairing.code(new ChannelId(id), phone)));
    }

    /** Stops a channel's session. With {@code logOut} its phone has to pair it anew afterwards. */
    @PostMapping("/{id}/disconnect")
    @Requires(Permission.CHANNEL_WRITE)
    ResponseEntity<ChannelView.Item> disconnect(@PathVariable UUID id, @RequestBody Optional<Disconnection> request) {
        var channel = new ChannelId(id);
        pairing.disconnect(channel, request.map(Disconnection::logOut).orElse(false));
        return answer(channel);
    }

    private EndpointAddress endpoint(String typed) {
        var address = new EndpointAddress(typed);
        allowed.check("api.url", URI.create(address.url()));
        return address;
    }

    private ResponseEntity<ChannelView.Item> answer(ChannelId id) {
        var item = view.get(id);
        return IfMatch.ok(item.version(), item);
    }

    /** An empty field of a form means that nothing was typed. */
    private static Optional<String> given(String typed) {
        return Optional.ofNullable(typed).filter(text -> !text.isBlank());
    }

    private static Optional<Integer> minutes(JsonNode value) {
        if (value.isNull()) return Optional.empty();
        if (!value.isInt()) throw Refusal.invalid("sessionTimeoutMinutes", "not_a_number", "The minutes must be a whole number.");
        return Optional.of(value.intValue());
    }

    private static Optional<UUID> pipeline(JsonNode value) {
        if (value.isNull()) return Optional.empty();
        try {
            return Optional.of(UUID.fromString(value.asString("")));
        } catch (IllegalArgumentException noId) {
            throw Refusal.invalid("defaultPipelineId", "not_an_id", "A pipeline is named by its id.");
        }
    }
}
