#include "words/duplicates.hpp"

#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

exchange::Json duplicates_json(const std::vector<services::DuplicatePair>& pairs) {
    return Json::object().set("pairs", list(pairs, [](const services::DuplicatePair& pair) {
                                  return Json::object()
                                      .set("one", person_json(pair.one))
                                      .set("other", person_json(pair.other))
                                      .set("points", pair.resemblance.points)
                                      .set("grounds", list(pair.resemblance.grounds,
                                                           [](const domain::Ground& ground) {
                                                               return Json::object()
                                                                   .set("likeness", domain::to_text(ground.likeness))
                                                                   .set("points", ground.points)
                                                                   .set("one", ground.one)
                                                                   .set("other", ground.other);
                                                           }))
                                      .set("why", services::why(pair.resemblance));
                              }));
}

} // namespace peercert::words
