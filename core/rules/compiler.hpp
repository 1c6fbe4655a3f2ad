#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/program.hpp"

/// Turns one edition into nodes. Private to this room; compile() is the way in.
namespace peercert::rules {

class Compiler {
public:
    Compiler(std::shared_ptr<const Edition> edition, const Kinds& kinds, Vocabulary& words);
    Compiled take();

private:
    // selections.cpp: words, days, windows
    DayFormula day(const DayExpression&, const std::string& place);
    std::uint32_t window(const Window&, const std::string& place);
    Filter filter(const Selection&, const std::string& place);
    Words bits(const std::vector<std::string>& words);
    std::uint8_t bit(Symbol word);
    std::vector<Symbol> symbols(const std::vector<std::string>& words);
    Symbol word(std::string_view text) { return out_.words->intern(text); }
    Symbol known_level(const std::string& name, const std::string& place);

    // compile.cpp: requirements
    std::uint32_t requirement(const Requirement&);
    std::uint32_t add(NodeBody, const Requirement&, std::uint32_t first);
    std::uint32_t group(Group::Op, int needed, const std::vector<std::uint32_t>& parts, const Requirement&,
                        std::uint32_t first);
    NodeBody measure(const Measure&, const Requirement&);
    std::vector<Bucket> buckets(const Measure&, const Requirement&);
    NodeBody passed(const Passed&, const Requirement&);
    NodeBody attempts(const Attempts&, const Requirement&);
    std::uint32_t in_order(const InOrder&, const Requirement&, std::uint32_t first);
    void own_words();
    std::uint32_t meaning(const UseMeaning&, const Requirement&);
    NodeBody plugin(const PluginRule&, const Requirement&);

    // goals.cpp: where judging starts
    void goals();
    void gather_exams(const Requirement&);
    Goal step(const Step&);
    void completion(const Format&);
    void fees(const std::vector<Fee>&, const Step&);
    Goal coming_back(const Step&, const Rung&);
    void before_needs(const Step&, bool asks_filing, std::vector<std::uint32_t>& parts);
    Goal finish(std::uint32_t first, const std::vector<std::uint32_t>& parts, std::string name, Symbol level);
    const Requirement& made(std::string name, std::string word, std::string see, RequirementBody body = Group{});

    void link_totals(Goal);
    void link_multiples(Goal);

    [[noreturn]] static void refuse(const std::string& place, const std::string& what);

    Compiled out_;
    std::vector<std::string_view> open_meanings_; ///< those being compiled: a meaning may not use itself
    std::uint8_t next_bit_{0};
};

} // namespace peercert::rules
