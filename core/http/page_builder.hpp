#pragma once

#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "words/messages.hpp"

/// What every page for people has: the frame, the demo's banner, the other language. Texts come from the messages.
namespace peercert::http {

using kainjow::mustache::data;

class PageBuilder {
public:
    PageBuilder(words::Language language, bool demo, const words::Messages& messages);

    void set(const std::string& name, std::string_view value) { page_.set(name, std::string(value)); }
    void set_data(const std::string& name, const data& value) { page_.set(name, value); }
    void flag(const std::string& name, bool value) { page_.set(name, value); }
    void say(const std::string& name, std::string_view key) { set(name, text(key)); }
    std::string_view text(std::string_view key) const { return messages_.text(language_, key); }
    words::Language other() const {
        return language_ == words::Language::english ? words::Language::spanish : words::Language::english;
    }
    std::string render() const;

private:
    words::Language language_;
    const words::Messages& messages_;
    data page_{data::type::object};
};

/// "2026-11-22T15:00:00Z" as people write it.
std::string instant_for_people(std::string instant);

} // namespace peercert::http
