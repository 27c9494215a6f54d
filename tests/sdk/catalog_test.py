def test_get_bundles_and_get_blueprints_are_consistent(lightsail):
    blueprints = {one["blueprintId"]: one for one in lightsail.get_blueprints()["blueprints"]}
    bundles = {one["bundleId"]: one for one in lightsail.get_bundles()["bundles"]}
    ubuntu, nano = blueprints["ubuntu_24_04"], bundles["nano_3_0"]
    assert ubuntu["platform"] in nano["supportedPlatforms"]
    assert ubuntu["minPower"] <= nano["power"]
    assert isinstance(nano["price"], float) and nano["ramSizeInGb"] == 0.5
    assert all(one["isActive"] for one in [*blueprints.values(), *bundles.values()])
    assert len(lightsail.get_bundles(includeInactive=True)["bundles"]) > len(bundles)


def test_get_bundles_returns_ids_of_the_region(instant):
    sydney = instant.client(region="ap-southeast-2").get_bundles()["bundles"]
    assert "nano_3_2" in {bundle["bundleId"] for bundle in sydney}


def test_get_regions_returns_zones_on_request(lightsail):
    assert all(not region["availabilityZones"] for region in lightsail.get_regions()["regions"])
    regions = lightsail.get_regions(
        includeAvailabilityZones=True, includeRelationalDatabaseAvailabilityZones=True
    )["regions"]
    for region in regions:
        for zones in region["availabilityZones"], region["relationalDatabaseAvailabilityZones"]:
            assert zones
            assert all(zone["zoneName"].startswith(region["name"]) for zone in zones)


def test_get_relational_database_blueprints_and_bundles_return_a_catalogue(lightsail):
    blueprints = lightsail.get_relational_database_blueprints()["blueprints"]
    assert {"mysql", "postgres"} <= {one["engine"] for one in blueprints}
    assert "micro_2_0" in {
        one["bundleId"] for one in lightsail.get_relational_database_bundles()["bundles"]
    }


def test_paginators_return_the_whole_catalogue(lightsail):
    for action, member in ("get_blueprints", "blueprints"), ("get_bundles", "bundles"):
        pages = lightsail.get_paginator(action).paginate()
        assert sum(len(page[member]) for page in pages) > 20
