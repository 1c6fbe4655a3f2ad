#include "cli/wiring.hpp"

#include <algorithm>
#include <filesystem>

#include <peercert/error.hpp>

#include "cli/demo_clock.hpp"
#include "cli/output.hpp"
#include "services/acting.hpp"
#include "services/publishing.hpp"

namespace peercert::cli {
namespace {

bool has_files_of_its_own(const std::filesystem::path& folder) {
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (entry.path().extension() == ".yaml")
            return true;
    return false;
}

/// What stands below the configured folders: a plugin answers for the folders it names, files for the rest.
std::vector<curricula::Folder> folders_of(const std::vector<std::filesystem::path>& roots,
                                          const std::vector<plugin_host::PluginInfo>& plugins) {
    std::vector<curricula::Folder> folders;
    for (const std::filesystem::path& root : roots) {
        std::vector<std::filesystem::path> below;
        std::error_code problem;
        for (const auto& entry : std::filesystem::directory_iterator(root, problem))
            if (entry.is_directory())
                below.push_back(entry.path());
        std::sort(below.begin(), below.end());
        if (below.empty() || has_files_of_its_own(root)) { // also one that is missing: the catalogue says so
            folders.push_back({root, "files"});
            continue;
        }
        for (const auto& path : below) {
            std::string origin = "files";
            for (const plugin_host::PluginInfo& plugin : plugins)
                if (std::find(plugin.folders.begin(), plugin.folders.end(), path.filename().string()) !=
                    plugin.folders.end())
                    origin = "plugin " + plugin.id;
            folders.push_back({path, origin});
        }
    }
    return folders;
}

} // namespace

Wiring::Wiring(Values given, Output& output, bool with_record)
    : given_(std::move(given)), output_(output), with_record_(with_record) {}
Wiring::~Wiring() = default;

const Settings& Wiring::settings() {
    if (!settings_)
        settings_ = settings_for(given_);
    return *settings_;
}

storage::StoreSettings Wiring::store_settings() { return {.url = settings().database.value, .sessions = sessions_}; }

storage::Store& Wiring::store() {
    if (!store_) {
        store_ = std::make_unique<storage::Store>(store_settings());
        const domain::Installation& installation = store_->installation();
        if (installation.kind == domain::InstallationKind::demo) {
            const std::string says =
                "demo database, invented people" +
                (installation.demo_clock ? "; its clock stands at " + domain::to_text(*installation.demo_clock) : "");
            output_.note(language() == words::Language::english ? says : messages().sentence(language(), says));
        }
    }
    return *store_;
}

bool Wiring::has_database() {
    try {
        store();
        return true;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        return false;
    }
}

const services::Clock& Wiring::clock() {
    if (!clock_) {
        const domain::Installation& installation = store().installation();
        if (installation.kind == domain::InstallationKind::demo && installation.demo_clock)
            clock_ = std::make_unique<DemoClock>(store(), *installation.demo_clock);
        else
            clock_ = std::make_unique<services::SystemClock>();
    }
    return *clock_;
}

services::House& Wiring::house() {
    if (!house_)
        house_ = std::make_unique<services::House>(services::House{store(), clock(), settings().zone.value});
    return *house_;
}

plugin_host::Host& Wiring::plugins() {
    if (!plugins_) {
        plugin_host::Settings wanted;
        wanted.folder = std::filesystem::absolute(settings().plugins.value).lexically_normal();
        wanted.on_event = [this](const plugin_host::Event& event) {
            if (event.kind != plugin_host::Event::Kind::disabled)
                return;
            const std::lock_guard lock(events_mutex_);
            disabled_.push_back(event);
        };
        plugins_ = std::make_unique<plugin_host::Host>(std::move(wanted));
    }
    return *plugins_;
}

const curricula::Catalogue& Wiring::catalogue() {
    if (!catalogue_)
        catalogue_ = std::make_unique<curricula::Catalogue>(
            curricula::Catalogue::load(curricula_folders(), &plugins().kinds(),
                                       with_record_ && has_database() ? services::published_texts(store())
                                                                      : std::vector<curricula::PublishedText>{}));
    return *catalogue_;
}

std::vector<curricula::Folder> Wiring::curricula_folders() {
    return folders_of(settings().curricula_folders(), plugins().plugins());
}

services::Rulebook& Wiring::rulebook() {
    if (!rulebook_)
        rulebook_ = std::make_unique<services::Rulebook>(catalogue(), plugins().kinds(), vocabulary_,
                                                         settings().rules.value == "published"
                                                             ? services::Rulebook::Relying::on_published
                                                             : services::Rulebook::Relying::on_any);
    return *rulebook_;
}

const words::Messages& Wiring::messages() {
    if (!messages_) {
        messages_ = std::make_unique<words::Messages>();
        if (const std::string& folder = settings().words.value; !folder.empty())
            messages_->override_from(folder);
        add_names(*messages_, language());
    }
    return *messages_;
}

void Wiring::add_names(words::Messages& messages, words::Language language) {
    for (const std::filesystem::path& root : settings().curricula_folders())
        messages.add_names_from(language, root.string());
}

words::Language Wiring::language() {
    return settings().lang.value == "es" ? words::Language::spanish : words::Language::english;
}

void Wiring::settle() {
    std::vector<plugin_host::Event> events;
    {
        const std::lock_guard lock(events_mutex_);
        events.swap(disabled_);
    }
    for (const plugin_host::Event& event : events) {
        output_.warning("the plugin " + event.plugin + " went wrong too often and was disabled: " + event.what);
        if (store_)
            store_->write({services::Actor::host_operator("peercert").name, clock().now()},
                          [&](storage::UnitOfWork& work) {
                              work.audit.append({.action = "plugin.disabled",
                                                 .object = "plugin " + event.plugin,
                                                 .after = event.version + " " + event.sha256});
                          });
    }
}

services::Actor Wiring::actor() {
    const Setting& who = settings().actor;
    const std::string& account = settings().login;
    if (who.value == account)
        return services::Actor::host_operator(account);
    try {
        return services::acting_as(house(), who.value, account);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::not_found)
            throw Error(
                ErrorCode::not_found,
                "nobody in the record has the code or whole name \"" + who.value + "\" (from " + who.origin +
                    "); --as takes a person of the record and gives their rights; without it the operator acts");
        throw;
    }
}

std::string Wiring::operator_name() {
    const Setting& who = settings().actor;
    if (who.value != settings().login)
        throw Error(ErrorCode::forbidden, "only the operator of this machine may do this, not \"" + who.value +
                                              "\" (from " + who.origin + "); leave out --as");
    return services::Actor::host_operator(settings().login).name;
}

storage::WriteContext Wiring::operator_now() { return {operator_name(), services::SystemClock{}.now()}; }

} // namespace peercert::cli
