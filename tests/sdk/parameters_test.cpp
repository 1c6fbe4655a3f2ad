#include <peercert/parameters.hpp>

#include <gmock/gmock.h>

#include <peercert/error.hpp>
#include <peercert/kinds.hpp>
#include <peercert/plugin.hpp>

namespace peercert {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <class Get>
std::string refusal(Get&& get) {
    try {
        get();
        return "accepted";
    } catch (const Error& error) {
        return std::string(error.code() == ErrorCode::invalid_input ? "" : "another kind of error: ") + error.what();
    }
}

Parameters with(const char* name, Parameters value) {
    Parameters all;
    value.place = "file.yaml:3:9";
    all.named[name] = std::move(value);
    return all;
}

TEST(ParametersOfAPlugin, AreReadInTheirFormOrRefusedWithPlaceAndForm) {
    EXPECT_EQ(with("n", Parameters::of("0")).whole_number("n"), 0);
    EXPECT_EQ(with("n", Parameters::of("1000000")).whole_number("n"), 1'000'000);
    for (const char* wrong : {"-1", "1000001", "3.5", "three", "", " 3", "3 ", "0x3"})
        EXPECT_THAT(refusal([&] { with("n", Parameters::of(wrong)).whole_number("n"); }),
                    HasSubstr("file.yaml:3:9: \"n\" takes a whole number from 0 to 1000000"))
            << wrong;
    EXPECT_EQ(with("t", Parameters::of("2.5 h")).minutes("t"), Minutes{150});
    EXPECT_THAT(refusal([] { with("t", Parameters::of("150")).minutes("t"); }), HasSubstr("takes hours or minutes"));
    EXPECT_EQ(to_text(with("d", Parameters::of("2024-02-29")).date("d")), "2024-02-29");
    EXPECT_THAT(refusal([] { with("d", Parameters::of("2023-02-29")).date("d"); }), HasSubstr("YYYY-MM-DD"));
}

TEST(ParametersOfAPlugin, AListAndOneWordReadAlike) {
    EXPECT_THAT(with("w", Parameters::list({"a", "b"})).words("w"), ElementsAre("a", "b"));
    EXPECT_THAT(with("w", Parameters::of("a")).words("w"), ElementsAre("a"));
    EXPECT_THAT(refusal([] { with("w", Parameters{}).words("w"); }), HasSubstr("a word or a list of words"));
    EXPECT_THAT(refusal([] { with("w", Parameters::list({"a", ""})).words("w"); }), HasSubstr("plain words"));
    EXPECT_THAT(refusal([] { with("w", Parameters::list({"a"})).word("w"); }), HasSubstr("takes one value"));
    EXPECT_THAT(refusal([] { Parameters{}.word("w"); }), HasSubstr("\"w\" is missing here"));
}

class Named final : public RequirementKind {
public:
    explicit Named(std::string name) : name_(std::move(name)) {}
    std::string_view name() const override { return name_; }
    void check(const Parameters&) const override {}
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override { return {}; }

private:
    std::string name_;
};

TEST(KindsByName, AreFoundOnceAndKnowTheirPluginsBuild) {
    const Named one("a:one"), same("a:one"), other("b:other");
    Kinds kinds;
    kinds.add(other);
    kinds.add(one);
    EXPECT_EQ(kinds.kind("a:one"), &one);
    EXPECT_EQ(kinds.kind("a:on"), nullptr);
    EXPECT_EQ(kinds.clock("a:one"), nullptr);
    EXPECT_THAT(kinds.kind_names(), ElementsAre("a:one", "b:other"));
    EXPECT_EQ(refusal([&] { kinds.add(same); }),
              "another kind of error: there are two requirement kinds called \"a:one\"");
    kinds.came_from("b", "b 1.0");
    kinds.came_from("a", "a 2.0");
    EXPECT_EQ(kinds.builds_of({"a", "nobody", "b"}), "a 2.0; b 1.0");
    EXPECT_EQ(kinds.builds_of({}), "");
}

} // namespace
} // namespace peercert
