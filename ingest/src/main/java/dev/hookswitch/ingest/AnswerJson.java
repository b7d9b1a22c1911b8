package dev.hookswitch.ingest;

import dev.hookswitch.common.model.Wire;
import java.util.Map;

/** The bodies of answers: {@code {"id"}}, or an error in the shape of the management API. */
final class AnswerJson {
    private AnswerJson() {}

    private record AcceptedBody(String id) {}

    private record ErrorBody(ErrorDetail error, Meta meta) {}

    private record ErrorDetail(String code, String message, Map<String, String> details) {}

    private record Meta(String requestId) {}

    static byte[] write(Answer answer, String requestId) {
        return Wire.write(
                answer instanceof Answer.Refused refused
                        ? new ErrorBody(
                                new ErrorDetail(refused.code(), refused.message(), refused.details()),
                                new Meta(requestId))
                        : new AcceptedBody(((Answer.Accepted) answer).id()));
    }
}
