"""Whatever is done to a file, a reader lists faults or refuses it, and invents no number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callover.data.contracts import OBSERVATIONS
from callover.data.sources.registry import reader_named
from callover.domain.errors import UserError
from reading import source

AGES = ",".join([*(str(age) for age in range(90)), "90+"])
MONTHS = "Apr-16,May-16,Jun-16,Jul-16,Aug-16,Sep-16,Oct-16,Nov-16,Dec-16,Jan-17,Feb-17,Mar-17"
SAMPLES = {
    "met_borough": "Borough,Major Category,Minor Category,201608,201609\n"
    "Havering,Robbery,Personal Property,4,5\nBarnet,Burglary,Burglary in a Dwelling,6,7\n",
    "met_borough_recut": "MajorText,MinorText,BoroughName,202301,202302\n"
    "THEFT,OTHER THEFT,Barnet,4,5\n",
    "met_ward": "WardName,WardCode,MajorText,MinorText,LookUp_BoroughName,202301,202302\n"
    "Abbey,E05014053,THEFT,OTHER THEFT,Barking and Dagenham,4,5\n",
    "met_recorded_offences": "Code,Borough,Year,Value\nE09000002,Barking,2015-12-31,400\n",
    "street": "Crime ID,Month,Reported by,Falls within,LSOA code,LSOA name,Crime type\n"
    "a,2018-10,Midshire Police,Midshire Police,E01000001,Southtown 001A,Burglary\n",
    "lfb_incidents": "incident_number,date_of_call,incident_group,stop_code_description,"
    "special_service_type,property_category,property_type,borough_code,borough_name,ward_code,"
    "ward_name,frs\n1,2017-01-31,Fire,Primary Fire,,Dwelling,House,E09000002,"
    "BARKING AND DAGENHAM,E05000026,ABBEY,London\n",
    "lfb_borough_table": "BOROUGH TARGETS: BARNET,Total / Target,"
    + MONTHS
    + ",Rolling 12 months,2015/16 Total,Trend\n"
    "All fires,Monthly total,5,7,-,-,-,-,-,-,-,-,-,-,40,38,p\n,Year to date,5,12\n",
    "borough_mye": "Code,Borough,Year,pop\nE09000002,Barking,2015-12-31,201.0\n",
    "ons_population": f"ltla18_code,ltla18_name,total_population,{AGES}\n"
    + "E06000016,Leicester,91"
    + ",1" * 91
    + "\n",
    "gla_households": "Code,Area_name,GLA_Household_Estimate_2017\nE09000002,Barking,780\n",
    "ward_population": "Code,Borough,Ward_Name,Year,Population\nE05000001,Barnet,Hill,2030,900\n",
    "lookup_lsoa_ward": "lsoa_code,ward_code\nE01000001,E05000001\n",
    "lookup_district_csp": "ltla24_code,csp24_code,pfa24_code\nE07000001,E22000001,E23000001\n",
    "lookup_area_codes": "LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE\nE07000004,A,E06000060,B\n",
    "ward_names": "Unique Id,Ward,Area\nE05000001,Hill,Barnet\n",
}
PIECES = st.sampled_from(
    [b"", b",", b"\n", b'"', b"\0", b"\xff", b"\xe2\x82\xac", b"-1", b"1,5", b"N/A", b"=1+1", b"\r",
     b"99999999999999999999", b"\xef\xbb\xbf", b"2016", b"TBC", b"\t", b";", b"0" * 300]
)  # fmt: skip


@pytest.mark.parametrize("reader_id", sorted(SAMPLES))
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES), min_size=1, max_size=4)
)
def test_a_damaged_file_is_told_or_refused(
    tmp_path: Path, reader_id: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    data = SAMPLES[reader_id].encode()
    for share, length, piece in cuts:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    path = tmp_path / "damaged.csv"
    path.write_bytes(data)
    reader = reader_named(reader_id)
    assert reader is not None
    reader.recognises(path, data)
    try:
        result = reader.read(path, source(reader_id, year=2017))
    except UserError as error:
        assert str(error)
        return
    assert result.observations.schema == OBSERVATIONS
    value = result.observations["value"].to_numpy(zero_copy_only=False)
    assert not (value < 0).any()
    has_value = np.isin(
        result.observations["state"].to_pylist(), ["final", "provisional", "estimated"]
    )
    assert (has_value == ~np.isnan(value)).all()


@pytest.mark.parametrize("reader_id", sorted(SAMPLES))
def test_the_sample_itself_is_fine(tmp_path: Path, reader_id: str) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(SAMPLES[reader_id])
    reader = reader_named(reader_id)
    assert reader is not None
    assert reader.recognises(path, path.read_bytes())
    assert reader.read(path, source(reader_id, year=2017)).faults == ()
