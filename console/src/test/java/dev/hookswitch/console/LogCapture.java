package dev.hookswitch.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Everything that a part of the code logs, down to trace, as text. */
public final class LogCapture implements AutoCloseable {
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final List<String> loggers;
    private final Lines lines = new Lines();

    private LogCapture(List<String> loggers) {
        this.loggers = loggers;
    }

    /** Takes what these loggers and those under them write, away from the configured output. */
    public static LogCapture of(String... loggers) {
        LogCapture capture = new LogCapture(List.of(loggers));
        capture.lines.start();
        Configuration configuration = capture.context.getConfiguration();
        for (String name : capture.loggers) {
            LoggerConfig logger = new LoggerConfig(name, Level.ALL, false);
            logger.addAppender(capture.lines, Level.ALL, null);
            configuration.removeLogger(name);
            configuration.addLogger(name, logger);
        }
        capture.context.updateLoggers();
        return capture;
    }

    public List<String> lines() {
        return List.copyOf(lines.texts);
    }

    @Override
    public void close() {
        context.reconfigure();
        lines.stop();
    }

    private static final class Lines extends AbstractAppender {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        Lines() {
            super("capture", null, PatternLayout.createDefaultLayout(), false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            Throwable thrown = event.getThrown();
            texts.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage()
                    + (thrown == null ? "" : " " + thrown));
        }
    }
}
