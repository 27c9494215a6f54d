// EC2: DescribeRegions, DescribeAvailabilityZones, of Lightsail's regions.
#include <string>
#include <vector>

#include "fixtures/fixtures.hpp"
#include "server/foreign/actions.hpp"
#include "server/foreign/ec2_filters.hpp"
#include "server/foreign/xml.hpp"
#include "text/json.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

const json& regions() {
  static const json entries = parse_json(*fixture("regions.json")).at("regions");
  return entries;
}

// Every account of papersail has all regions, also those that the service lets an account choose.
Ec2Row region_row(const json& region) {
  const std::string name = region.at("name");
  return {{"region-name", name},
          {"endpoint", "ec2." + name + ".amazonaws.com"},
          {"opt-in-status", region.at("_optIn") ? "opted-in" : "opt-in-not-required"}};
}

// Returns "use1" for us-east-1, "apne2" for ap-northeast-2.
std::string short_region(std::string_view name) {
  constexpr std::size_t size = 4;  // of "east" and "west"
  std::string out(split_off(name, '-'));
  const std::string_view direction = split_off(name, '-');
  out += direction.substr(0, 1);
  const bool is_double =
      direction.size() > size && (direction.ends_with("east") || direction.ends_with("west"));
  if (is_double) out += direction[direction.size() - size];
  return out + std::string(name);
}

// The service gives zones other ids in each account. papersail counts the letters.
Ec2Row zone_row(const std::string& region, const std::string& zone) {
  return {{"region-name", region},
          {"zone-name", zone},
          {"zone-id", short_region(region) + "-az" + std::to_string(zone.back() - 'a' + 1)},
          {"zone-type", "availability-zone"},
          {"group-name", region},
          {"opt-in-status", "opt-in-not-required"},
          {"state", "available"}};
}

std::vector<Ec2Row> region_rows() {
  std::vector<Ec2Row> out;
  for (const json& region : regions()) out.push_back(region_row(region));
  return out;
}

std::vector<Ec2Row> zone_rows(const std::string& region) {
  std::vector<Ec2Row> out;
  for (const json& entry : regions()) {
    if (entry.at("name") != region) continue;
    for (const json& zone : entry.at("availabilityZones"))
      out.push_back(zone_row(region, zone.at("zoneName")));
  }
  return out;
}

std::string region_item(const Ec2Row& row) {
  return xml::element("item", xml::text("regionName", row.at("region-name")) +
                                  xml::text("regionEndpoint", row.at("endpoint")) +
                                  xml::text("optInStatus", row.at("opt-in-status")));
}

std::string zone_item(const Ec2Row& row) {
  return xml::element(
      "item",
      xml::text("optInStatus", row.at("opt-in-status")) + xml::element("messageSet", "") +
          xml::text("regionName", row.at("region-name")) +
          xml::text("zoneName", row.at("zone-name")) + xml::text("zoneId", row.at("zone-id")) +
          xml::text("groupName", row.at("group-name")) +
          xml::text("networkBorderGroup", row.at("group-name")) +
          xml::text("zoneType", row.at("zone-type")) + xml::text("zoneState", row.at("state")));
}

std::string items(const std::vector<Ec2Row>& rows, const Ec2Filters& filters,
                  std::string (*item)(const Ec2Row&)) {
  std::string out;
  for (const Ec2Row& row : rows) {
    if (filters.match(row)) out += item(row);
  }
  return out;
}

std::string describe_regions(const ForeignContext& context) {
  const std::vector<Ec2Row> rows = region_rows();
  Ec2Filters filters(context.call, rows.front());
  filters.add_list("RegionName", "region-name", rows);
  return xml::element("regionInfo", items(rows, filters, region_item));
}

std::string describe_availability_zones(const ForeignContext& context) {
  const std::vector<Ec2Row> rows = zone_rows(context.response.region);
  Ec2Filters filters(context.call, zone_row("us-east-1", "us-east-1a"));
  filters.add_list("ZoneName", "zone-name", rows);
  filters.add_list("ZoneId", "zone-id", rows);
  return xml::element("availabilityZoneInfo", items(rows, filters, zone_item));
}

constexpr ForeignAction actions[] = {
    {"DescribeAvailabilityZones", describe_availability_zones},
    {"DescribeRegions", describe_regions},
};

}  // namespace

constexpr ForeignService ec2_service = {"ec2", Protocol::ec2,
                                        "http://ec2.amazonaws.com/doc/2016-11-15/", actions};

}  // namespace papersail
