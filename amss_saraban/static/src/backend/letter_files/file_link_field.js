// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component} from "@odoo/owl";
import {humanSize} from "@web/core/utils/binary";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The name of a stored file, as a link that opens the file in a new tab. */
export class FileLinkField extends Component {
    static template = "amss_saraban.FileLinkField";
    static props = {...standardFieldProps};

    get fileName() {
        return this.props.record.data[this.props.name] || "";
    }

    get size() {
        const size = this.props.record.data.file_size;
        return size ? humanSize(size) : "";
    }

    get url() {
        return `/web/content/${this.props.record.resId}`;
    }

    get icon() {
        const ending = this.fileName.split(".").pop().toLowerCase();
        const icons = {
            pdf: "fa-file-pdf-o",
            doc: "fa-file-word-o",
            docx: "fa-file-word-o",
            xls: "fa-file-excel-o",
            xlsx: "fa-file-excel-o",
            gif: "fa-file-image-o",
            jpg: "fa-file-image-o",
            jpeg: "fa-file-image-o",
            png: "fa-file-image-o",
            zip: "fa-file-archive-o",
            rar: "fa-file-archive-o",
        };
        return icons[ending] || "fa-file-o";
    }
}

export const fileLinkField = {
    component: FileLinkField,
    supportedTypes: ["char"],
    fieldDependencies: [{name: "file_size", type: "integer"}],
};

registry.category("fields").add("amss_file_link", fileLinkField);
