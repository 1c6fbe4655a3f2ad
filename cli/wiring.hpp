#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/settings.hpp"
#include "curricula/catalogue.hpp"
#include "domain/instant.hpp"
#include "plugin_host/plugin_host.hpp"
#include "services/actor.hpp"
#include "services/clock.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"
#include "storage/store.hpp"
#include "words/messages.hpp"

/// The house behind a command, each part made when it is first asked for, so that a command pays only for what it uses.
/// Parts are declared in the order in which they depend on each other, and go in the reverse.
namespace peercert::cli {

class Wiring {
public:
    /// `given`: the command line's values, which go before environment and configuration file. `with_record`: the
    /// command has to do with the database, so what was published there goes before files.
    Wiring(Values given, Output& output, bool with_record);
    ~Wiring();
    Wiring(const Wiring&) = delete;
    Wiring& operator=(const Wiring&) = delete;

    /// Throws UsageError for a configuration file with a mistake in it.
    const Settings& settings();
    /// One session for a command; `serve` asks for more before it opens the store.
    storage::StoreSettings store_settings();
    void use_sessions(std::size_t sessions) { sessions_ = sessions; }

    /// Opens the database. For a demo it says so on standard error, once. Throws Error{not_found} with the way to make
    /// one.
    storage::Store& store();
    /// Whether there is one. Only what cannot be found says no: one that is damaged or too old throws as store() does.
    bool has_database();
    /// The machine's, or where the demo put it (also while it is moved by another process).
    const services::Clock& clock();
    services::House& house();

    /// The plugins of the allow-list, loaded. Throws Error{plugin_failure} when one is missing or refused.
    plugin_host::Host& plugins();
    /// Every edition that was published, then those of the plugins' folders and of the configured ones; files with
    /// mistakes are left out, their problems are kept in it.
    const curricula::Catalogue& catalogue();
    /// The folders it is read from, each with who answers for it.
    std::vector<curricula::Folder> curricula_folders();
    Vocabulary& vocabulary() { return vocabulary_; }
    /// Every sentence, with the wordings of the centre's own folder. Throws Error{invalid_input} with file:line for one
    /// that cannot be meant.
    const words::Messages& messages();
    words::Language language();
    /// What the names in rule files are called in a language: messages() has those of language(), the rest costs time.
    void add_names(words::Messages& messages, words::Language language);
    services::Rulebook& rulebook();
    /// Plugins that were disabled because they went wrong are written into the audit trail, and said. Called once,
    /// after the command.
    void settle();

    /// Who is doing this: the operator of this machine, or with `--as` a person of the record, by code or whole name,
    /// with that person's rights. Throws Error{not_found}, Error{conflict} or Error{forbidden}: see acting_as().
    services::Actor actor();
    /// For what only the operator may do. Throws Error{forbidden} for anybody else.
    std::string operator_name();
    /// The operator, at the machine's time: for what is done to a database as a whole.
    storage::WriteContext operator_now();

private:
    Values given_;
    Output& output_;
    bool with_record_;
    std::optional<Settings> settings_;
    std::size_t sessions_{1};
    std::mutex events_mutex_;
    std::vector<plugin_host::Event> disabled_; ///< heard while judging, written when no transaction is open
    Vocabulary vocabulary_;
    std::unique_ptr<words::Messages> messages_;
    std::unique_ptr<plugin_host::Host> plugins_;
    std::unique_ptr<curricula::Catalogue> catalogue_;
    std::unique_ptr<services::Rulebook> rulebook_;
    std::unique_ptr<storage::Store> store_;
    std::unique_ptr<services::Clock> clock_;
    std::unique_ptr<services::House> house_;
};

} // namespace peercert::cli
