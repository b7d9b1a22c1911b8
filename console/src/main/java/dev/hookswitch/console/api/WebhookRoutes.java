package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.EndpointChange;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.endpoints.EndpointsView;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.endpoints.NewEndpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Endpoints: made, listed, shown, changed, deleted. */
final class WebhookRoutes {
    static final String WEBHOOKS = "/v1/webhooks";
    static final String WEBHOOK = WEBHOOKS + "/{webhook_id}";

    /** As the vendor's page has it. */
    private static final String SAVE = "Save this signing secret securely. It won't be shown again.";

    private static final int USUAL_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private final EndpointAdmin admin;
    private final ApiSettings settings;

    WebhookRoutes(EndpointAdmin admin, ApiSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    void addTo(Routes routes) {
        routes.add("POST", WEBHOOKS, Scope.WEBHOOKS_MANAGE, this::create);
        routes.add("GET", WEBHOOKS, Scope.WEBHOOKS_READ, this::list);
        routes.add("GET", WEBHOOK, Scope.WEBHOOKS_READ, this::show);
        routes.add("PATCH", WEBHOOK, Scope.WEBHOOKS_MANAGE, this::update);
        routes.add("DELETE", WEBHOOK, Scope.WEBHOOKS_MANAGE, this::delete);
        routes.add("POST", WEBHOOK + "/secret/rotate", Scope.WEBHOOKS_MANAGE, this::rotate);
        routes.add("POST", WEBHOOK + "/secret/activate", Scope.WEBHOOKS_MANAGE, this::activate);
        routes.add("POST", WEBHOOK + "/secret/regenerate", Scope.WEBHOOKS_MANAGE, this::regenerate);
    }

    /** What is known of endpoints. */
    static EndpointsView known(EndpointAdmin admin) {
        return admin.known().orElseThrow(() -> ApiError.later("the endpoints are not known yet; try again", 1));
    }

    /** @throws InvalidEndpoint when there is none */
    static Subscription existing(EndpointAdmin admin, EndpointId id) {
        return known(admin).find(id).orElseThrow(() -> InvalidEndpoint.notFound(id.webhookId()));
    }

    private Answer create(Call call) {
        call.onlyParameters();
        Fields fields = call.fields(
                "url", "events", "description", "metadata", "secret", "profile", "max_per_second", "retry_delays");
        NewEndpoint wanted = new NewEndpoint(
                call.tenant().tenant(),
                fields.text("profile").orElse(call.tenant().profile()),
                fields.text("description").orElse(""),
                fields.requiredText("url"),
                fields.requiredTexts("events"),
                fields.text("secret"),
                perSecond(fields),
                fields.texts("retry_delays"),
                fields.textsByName("metadata").orElse(Map.of()));
        OptionalInt most = OptionalInt.of(settings.maxWebhooks(call.owner()));
        CreatedEndpoint created = admin.create(wanted, most, call.asked());
        return tagged(Answer.of(201, WebhookJson.of(created, SAVE)), created.subscription())
                .with("Location", WEBHOOKS + "/" + created.subscription().webhookId());
    }

    private Answer list(Call call) {
        call.onlyParameters("limit", "cursor", "status");
        int limit = limit(call);
        Optional<Cursor> cursor = call.parameter("cursor").map(Cursor::parse);
        Optional<String> status = call.parameter("status").map(WebhookRoutes::status);
        EndpointsView known = known(admin);
        List<EndpointView> matching = known.ofTenant(call.tenant().tenant()).stream()
                .sorted(Cursor.ORDER)
                .map(known::view)
                .filter(view -> status.isEmpty() || status.get().equals(WebhookJson.status(view)))
                .toList();
        List<EndpointView> rest = matching.stream()
                .filter(view -> cursor.isEmpty() || cursor.get().isBefore(view.subscription()))
                .toList();
        List<EndpointView> page = rest.subList(0, Math.min(limit, rest.size()));
        boolean more = rest.size() > page.size();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode data = body.putArray("data");
        page.forEach(view -> data.add(WebhookJson.of(view)));
        body.put("has_more", more);
        body.put(
                "next_cursor",
                more ? Cursor.at(page.get(page.size() - 1).subscription()).text() : null);
        body.put("total", matching.size());
        return Answer.of(200, body);
    }

    /** How many a page has at the most. */
    static int limit(Call call) {
        return call.parameter("limit").map(WebhookRoutes::limit).orElse(USUAL_LIMIT);
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw ApiError.field(400, "invalid_limit", "limit", "limit must be a whole number from 1 to " + MAX_LIMIT);
    }

    private static String status(String word) {
        if (!List.of("active", "inactive", "failing").contains(word)) {
            throw ApiError.field(400, "invalid_status", "status", "status must be active, inactive or failing");
        }
        return word;
    }

    private Answer show(Call call) {
        call.onlyParameters();
        EndpointId id = call.endpoint();
        return shown(known(admin).view(id).orElseThrow(() -> InvalidEndpoint.notFound(id.webhookId())));
    }

    private Answer update(Call call) {
        call.onlyParameters();
        Fields fields =
                call.fields("url", "events", "description", "metadata", "status", "max_per_second", "retry_delays");
        EndpointChange wanted = new EndpointChange(
                fields.text("url"),
                fields.texts("events").map(HashSet::new),
                fields.text("description"),
                fields.textsByName("metadata"),
                fields.word("status", "active", "inactive").map("active"::equals),
                fields.has("max_per_second") ? Optional.of(nullablePerSecond(fields)) : Optional.empty(),
                fields.has("retry_delays") ? Optional.of(nullableDelays(fields)) : Optional.empty());
        return shown(admin.update(call.endpoint(), wanted, call.asked()));
    }

    private Answer delete(Call call) {
        call.onlyParameters();
        EndpointId id = call.endpoint();
        admin.remove(id, call.asked());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", id.webhookId());
        body.put("deleted", true);
        return Answer.of(200, body);
    }

    private Answer rotate(Call call) {
        call.onlyParameters();
        CreatedEndpoint created =
                admin.rotate(call.endpoint(), call.fields("secret").text("secret"), call.asked());
        return tagged(
                Answer.of(
                        200,
                        WebhookJson.of(
                                created,
                                SAVE + " Both secrets sign until you activate it, or it is due; then it signs first.")),
                created.subscription());
    }

    private Answer activate(Call call) {
        call.onlyParameters();
        Fields unused = call.fields();
        return shown(admin.activate(call.endpoint(), call.asked()));
    }

    private Answer regenerate(Call call) {
        call.onlyParameters();
        CreatedEndpoint created =
                admin.regenerate(call.endpoint(), call.fields("secret").text("secret"), call.asked());
        return tagged(
                Answer.of(200, WebhookJson.of(created, SAVE + " From now on it alone signs.")), created.subscription());
    }

    private static OptionalDouble perSecond(Fields fields) {
        return fields.number("max_per_second").map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble nullablePerSecond(Fields fields) {
        return fields.isNull("max_per_second") ? OptionalDouble.empty() : perSecond(fields);
    }

    private static Optional<List<String>> nullableDelays(Fields fields) {
        return fields.isNull("retry_delays") ? Optional.empty() : fields.texts("retry_delays");
    }

    private static Answer shown(EndpointView view) {
        return tagged(Answer.of(200, WebhookJson.of(view)), view.subscription());
    }

    private static Answer tagged(Answer answer, Subscription subscription) {
        return answer.with("ETag", "\"" + subscription.revision() + "\"");
    }
}
