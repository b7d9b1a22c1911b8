package dev.hookswitch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Receiver receiver = new Receiver(request -> Reply.status(204));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void keepsTheRequestAsItArrived() {
        HttpResponse<String> response =
                post("/hooks/1?token=x%20y", "{\"a\":1}").join();

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(receiver.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hooks/1");
            assertThat(request.query()).isEqualTo("token=x%20y");
            assertThat(request.bodyText()).isEqualTo("{\"a\":1}");
            assertThat(request.header("webhook-id")).isEqualTo("d1, d2");
            assertThat(request.number()).isEqualTo(1);
        });
    }

    @Test
    void answersWithStatusHeadersAndBody() {
        receiver.on("/busy", request -> Reply.status(429, Map.of("retry-after", "7"), "later"));

        HttpResponse<String> response = post("/busy", "").join();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("7");
        assertThat(response.body()).isEqualTo("later");
    }

    @Test
    void hasTheRequestInItsLedgerBeforeItDecidesOnTheAnswer() {
        receiver.on("/seen", request -> Reply.status(receiver.requests().contains(request) ? 200 : 500));

        assertThat(post("/seen", "x").join().statusCode()).isEqualTo(200);
    }

    @Test
    void givesEachPathItsResponder() {
        receiver.on("/a", request -> Reply.status(201)).on("/b", request -> Reply.status(500));

        assertThat(post("/a", "").join().statusCode()).isEqualTo(201);
        assertThat(post("/b?q", "").join().statusCode()).isEqualTo(500);
        assertThat(post("/c", "").join().statusCode()).isEqualTo(204);
        assertThat(receiver.requests("/b")).hasSize(1);
    }

    @Test
    void answersManyDelayedRequestsAtOnce() {
        Duration delay = Duration.ofMillis(300);
        receiver.on("/slow", request -> Reply.after(delay, Reply.status(200)));
        long startNanos = System.nanoTime();

        List<CompletableFuture<HttpResponse<String>>> responses =
                IntStream.range(0, 100).mapToObj(i -> post("/slow", "x")).toList();

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.join().statusCode()).isEqualTo(200));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isBetween(delay, delay.multipliedBy(70));
    }

    @Test
    void neverAnswersUntilItIsClosed() {
        receiver.on("/hang", request -> Reply.never());
        CompletableFuture<HttpResponse<String>> response = post("/hang", "x");
        receiver.awaitRequests(1, LIMIT);

        assertThat(post("/other", "x").join().statusCode()).isEqualTo(204);
        assertThat(response).isNotDone();
        receiver.close();

        assertThatThrownBy(response::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void saysHowManyRequestsCameWhenItAwaitedMore() {
        post("/x", "").join();

        assertThat(receiver.awaitRequests(1, LIMIT)).hasSize(1);
        assertThatThrownBy(() -> receiver.awaitRequests(2, Duration.ofMillis(50)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("got 1");
    }

    @Test
    void reportsAtCloseThatAResponderFailed() {
        receiver.on("/broken", request -> {
            throw new AssertionError("no rule for " + request.path());
        });

        assertThat(post("/broken", "x")).failsWithin(LIMIT);
        assertThat(post("/fine", "x").join().statusCode()).isEqualTo(204);
        assertThatThrownBy(receiver::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no rule for /broken");
    }

    private CompletableFuture<HttpResponse<String>> post(String target, String body) {
        HttpRequest request = HttpRequest.newBuilder(receiver.url(target))
                .header("Webhook-Id", "d1")
                .header("Webhook-Id", "d2")
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
