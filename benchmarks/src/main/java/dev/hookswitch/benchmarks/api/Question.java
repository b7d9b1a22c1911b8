package dev.hookswitch.benchmarks.api;

import java.util.List;

/**
 * Something that is asked again and again.
 *
 * @param name in measures
 * @param says in tables
 * @param target of a page, made of the path of the endpoint's deliveries and of a cursor somewhere in them
 */
record Question(String name, String says, Target target) {

    /** Where it goes. */
    interface Target {
        String of(String deliveries, String cursor);
    }

    /** What the dashboard and tenants ask. */
    static List<Question> all() {
        return List.of(
                new Question("newest_20", "newest 20", (path, cursor) -> path),
                new Question("newest_100", "newest 100", (path, cursor) -> path + "?limit=100"),
                new Question("deep_100", "100 from anywhere", (path, cursor) -> path + "?limit=100&cursor=" + cursor),
                new Question("failed_100", "100 that failed", (path, cursor) -> path + "?limit=100&status=failed"),
                new Question("code_5xx_100", "100 answered 5xx", (path, cursor) -> path + "?limit=100&code=5xx"),
                new Question(
                        "one_type_100",
                        "100 of one type of five",
                        (path, cursor) -> path + "?limit=100&event=call.completed&cursor=" + cursor),
                new Question(
                        "no_such_type", "a type that is not there", (path, cursor) -> path + "?event=credits.low"));
    }
}
