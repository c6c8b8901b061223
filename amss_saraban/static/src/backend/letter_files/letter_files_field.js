// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";
import {useService} from "@web/core/utils/hooks";

const SAME_TYPE = {jpeg: "jpg", jpe: "jpg"};

/**
 * The files of a letter: any number, chosen several at once or dropped here.
 *
 * The letter is saved first, so that a file that is refused loses nothing of what was
 * typed. Size and ending are looked at here for an early answer; what counts is the
 * server's look at the content. Each refused file is named with the reason.
 */
export class LetterFilesField extends X2ManyField {
    static template = "amss_saraban.LetterFilesField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.rootRef = useRef("root");
        this.inputRef = useRef("input");
        this.upload = useState({total: 0, done: 0, name: "", problems: []});
        // What was refused is said until the letter goes on or another is shown
        const step = ({record}) => `${record.resId},${record.data.state}`;
        onWillUpdateProps((next) => {
            if (!this.upload.total && step(next) !== this.step) {
                this.upload.problems = [];
            }
            this.step = step(next);
        });
        this.step = step(this.props);
        useDropzone(
            this.rootRef,
            (ev) => this.addFiles(ev.dataTransfer.files),
            "",
            () => this.canUpload
        );
    }

    get rules() {
        return this.props.record.data.file_rules || {types: [], megabytes: 0};
    }

    get canUpload() {
        return !this.props.readonly && !this.upload.total;
    }

    get hint() {
        return _t("Several at once, each up to %(size)s MB: %(types)s", {
            size: this.rules.megabytes,
            types: this.rules.types.join(", "),
        });
    }

    get accept() {
        return this.rules.types.map((type) => `.${type}`).join(",");
    }

    get progress() {
        return _t("Uploading %(name)s (%(done)s of %(total)s)…", {
            name: this.upload.name,
            done: this.upload.done + 1,
            total: this.upload.total,
        });
    }

    onChoose(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        return this.addFiles(files);
    }

    /**
     * Say at once what the server would say after a long upload.
     *
     * @param {File} file
     * @returns {string|undefined} why the file cannot be attached
     */
    problemOf(file) {
        const {types, megabytes} = this.rules;
        const ending = file.name.split(".").pop().toLowerCase();
        if (!file.size) {
            return _t("it is empty (0 bytes). Choose the file again.");
        }
        if (megabytes && file.size > megabytes * 1024 * 1024) {
            return _t(
                "it is larger than %s MB. Make it smaller or split it.",
                megabytes
            );
        }
        if (types.length && !types.includes(SAME_TYPE[ending] || ending)) {
            return _t(
                "it is not of an allowed type (%s). Save it as PDF and attach it again.",
                types.join(", ")
            );
        }
        return undefined;
    }

    refuse(file, problem) {
        this.upload.problems.push(
            _t("File “%(name)s” cannot be attached: %(problem)s", {
                name: file.name,
                problem,
            })
        );
    }

    /**
     * Attach files to the letter, one after the other.
     *
     * @param {Iterable<File>} chosen
     */
    async addFiles(chosen) {
        this.upload.problems = [];
        const files = [];
        for (const file of chosen) {
            const problem = this.problemOf(file);
            if (problem) {
                this.refuse(file, problem);
            } else {
                files.push(file);
            }
        }
        const record = this.props.record;
        if (!files.length) {
            return;
        }
        Object.assign(this.upload, {total: files.length, done: 0, name: files[0].name});
        if (!(await record.save())) {
            this.upload.total = 0;
            this.upload.problems.push(
                _t("Fill in the fields marked red first, then attach the files.")
            );
            return;
        }
        for (const file of files) {
            this.upload.name = file.name;
            await this.attach(file, record.resId);
            this.upload.done++;
        }
        await record.load();
        Object.assign(this.upload, {total: 0, done: 0, name: ""});
    }

    async attach(file, resId) {
        try {
            const url = await getDataURLFromFile(file);
            await this.orm.create("ir.attachment", [
                {
                    name: file.name,
                    datas: url.split(",")[1],
                    res_model: this.props.record.resModel,
                    res_id: resId,
                    letter_file: true,
                },
            ]);
        } catch (error) {
            // The server's message names the file already
            const message = error.data?.message;
            if (message) {
                this.upload.problems.push(message);
            } else {
                this.refuse(file, _t("the connection was lost. Choose it again."));
            }
        }
    }
}

export const letterFilesField = {
    ...x2ManyField,
    component: LetterFilesField,
    supportedTypes: ["one2many"],
    fieldDependencies: [{name: "file_rules", type: "json", readonly: true}],
};

registry.category("fields").add("amss_letter_files", letterFilesField);
