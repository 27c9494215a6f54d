def test_bundles_and_blueprints_fit_each_other(lightsail):
    blueprints = {one["blueprintId"]: one for one in lightsail.get_blueprints()["blueprints"]}
    bundles = {one["bundleId"]: one for one in lightsail.get_bundles()["bundles"]}
    ubuntu, nano = blueprints["ubuntu_24_04"], bundles["nano_3_0"]
    assert ubuntu["platform"] in nano["supportedPlatforms"]
    assert ubuntu["minPower"] <= nano["power"]
    assert isinstance(nano["price"], float) and nano["ramSizeInGb"] == 0.5
    assert all(one["isActive"] for one in [*blueprints.values(), *bundles.values()])
    assert len(lightsail.get_bundles(includeInactive=True)["bundles"]) > len(bundles)


def test_ids_of_bundles_differ_by_region(instant):
    sydney = instant.client(region="ap-southeast-2").get_bundles()["bundles"]
    assert "nano_3_2" in {bundle["bundleId"] for bundle in sydney}


def test_regions_tell_their_zones_when_asked(lightsail):
    assert all(not region["availabilityZones"] for region in lightsail.get_regions()["regions"])
    regions = lightsail.get_regions(
        includeAvailabilityZones=True, includeRelationalDatabaseAvailabilityZones=True
    )["regions"]
    for region in regions:
        for zones in region["availabilityZones"], region["relationalDatabaseAvailabilityZones"]:
            assert zones
            assert all(zone["zoneName"].startswith(region["name"]) for zone in zones)


def test_databases_have_a_catalogue(lightsail):
    blueprints = lightsail.get_relational_database_blueprints()["blueprints"]
    assert {"mysql", "postgres"} <= {one["engine"] for one in blueprints}
    assert "micro_2_0" in {
        one["bundleId"] for one in lightsail.get_relational_database_bundles()["bundles"]
    }


def test_paginators_of_catalogues(lightsail):
    for action, member in ("get_blueprints", "blueprints"), ("get_bundles", "bundles"):
        pages = lightsail.get_paginator(action).paginate()
        assert sum(len(page[member]) for page in pages) > 20
