package dev.hookswitch.console.cli;

import picocli.CommandLine.Option;

/** {@code --help}, for commands that have no other options in common. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;
}
