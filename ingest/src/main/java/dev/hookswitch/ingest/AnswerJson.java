package dev.hookswitch.ingest;

import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.model.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bodies of answers: {@code {"id"}}, {@code {"ids"}}, or an error in the shape of the management API. */
final class AnswerJson {
    private AnswerJson() {}

    private record AcceptedBody(String id) {}

    private record AcceptedBatchBody(List<String> ids) {}

    private record ErrorBody(ErrorDetail error, Meta meta) {}

    private record ErrorDetail(String code, String message, Map<String, Object> details) {}

    private record ProblemBody(String pointer, String code, String message) {}

    private record Meta(String requestId) {}

    static byte[] write(Answer answer, String requestId) {
        if (answer instanceof Answer.Refused refused) {
            return Wire.write(new ErrorBody(
                    new ErrorDetail(refused.code(), refused.message(), details(refused)), new Meta(requestId)));
        }
        Answer.Accepted accepted = (Answer.Accepted) answer;
        return accepted.batch()
                ? Wire.write(new AcceptedBatchBody(accepted.ids()))
                : Wire.write(new AcceptedBody(accepted.ids().get(0)));
    }

    private static Map<String, Object> details(Answer.Refused refused) {
        Map<String, Object> details = new LinkedHashMap<>(refused.details());
        if (!refused.problems().isEmpty()) {
            details.put(
                    "problems",
                    refused.problems().stream().map(AnswerJson::body).toList());
        }
        return details;
    }

    private static ProblemBody body(Problem problem) {
        return new ProblemBody(problem.pointer(), problem.reason().wireName(), problem.message());
    }
}
