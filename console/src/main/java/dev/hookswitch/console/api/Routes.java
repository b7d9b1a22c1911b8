package dev.hookswitch.console.api;

import dev.hookswitch.common.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Which handler answers which verb and path. */
final class Routes {
    private final UnaryOperator<Handler> around;
    private final List<Route> routes = new ArrayList<>();

    /** @param around each handler */
    Routes(UnaryOperator<Handler> around) {
        this.around = around;
    }

    /** Answers a request. What it throws is answered as an error. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Call call);
    }

    /**
     * One verb of one path.
     *
     * @param path with names in braces for what varies, as in OpenAPI
     * @param scope what the key must allow; empty for everybody
     */
    record Route(String verb, String path, Optional<Scope> scope, Handler handler) {
        /** What stands in the place of each name; empty when the path is another one. */
        Optional<Map<String, String>> match(String actual) {
            String[] wanted = path.split("/", -1);
            String[] given = actual.split("/", -1);
            if (wanted.length != given.length) {
                return Optional.empty();
            }
            Map<String, String> found = new HashMap<>();
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i].startsWith("{")) {
                    found.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
                } else if (!wanted[i].equals(given[i])) {
                    return Optional.empty();
                }
            }
            return found.containsValue("") ? Optional.empty() : Optional.of(found);
        }
    }

    /** A route with what its path says. */
    record Found(Route route, Map<String, String> path) {}

    void add(String verb, String path, Scope scope, Handler handler) {
        routes.add(new Route(verb, path, Optional.of(scope), around.apply(handler)));
    }

    void addForEverybody(String verb, String path, Handler handler) {
        routes.add(new Route(verb, path, Optional.empty(), around.apply(handler)));
    }

    /** Every route, in the order in which they were added. */
    List<Route> all() {
        return List.copyOf(routes);
    }

    /**
     * Finds the route.
     *
     * @throws ApiError when there is none: 404, or 405 with the verbs that the path has
     */
    Found find(String verb, String path) {
        // Answered as GET, without its body (RFC 9110, section 9.3.2).
        String asked = verb.equals("HEAD") ? "GET" : verb;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> match = route.match(path);
            if (match.isPresent() && route.verb().equals(asked)) {
                return new Found(route, match.get());
            }
            if (match.isPresent()) {
                allowed.add(route.verb());
            }
        }
        if (allowed.isEmpty()) {
            throw new ApiError(404, "not_found", "there is no such path; see /v1/openapi.json");
        }
        String allow = String.join(", ", allowed);
        throw new ApiError(
                405,
                "method_not_allowed",
                "the path has " + allow,
                Map.of("allowed", List.copyOf(allowed)),
                Map.of("Allow", allow));
    }
}
